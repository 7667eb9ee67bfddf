import type { Warning } from '../services/failures/model.ts';
import { builder } from './builder.ts';
import { WarningCodeRef } from './failure-codes.ts';

export const WarningRef = builder.objectRef<Warning>('Warning').implement({
  description: 'Accepted, but worth knowing.',
  fields: (t) => ({
    code: t.expose('code', { type: WarningCodeRef, description: 'What kind of warning it is.' }),
    message: t.exposeString('message', { description: 'For people; may change.' }),
    path: t.exposeStringList('path', { nullable: true, description: 'Input path, e.g. `["input", "interval"]`.' }),
    docsUrl: t.expose('docsUrl', { type: 'URL', nullable: true, description: 'Where to read more.' }),
  }),
});
