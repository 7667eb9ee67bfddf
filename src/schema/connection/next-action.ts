import type { NextAction } from '../../services/connection/model.ts';
import { builder } from '../builder.ts';
import { NextActionKindRef } from './connection-enums.ts';

export const NextActionRef = builder.objectRef<NextAction>('NextAction').implement({
  description: 'What a person should do now, with the exact CLI command and dashboard page.',
  fields: (t) => ({
    kind: t.expose('kind', { type: NextActionKindRef, description: 'What kind of deed is due.' }),
    message: t.exposeString('message', { description: 'One sentence for people.' }),
    command: t.exposeString('command', { nullable: true, description: 'The command to run, ready to paste.' }),
    url: t.expose('url', { type: 'URL', nullable: true, description: 'The page to open.' }),
    notBefore: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Earlier it would not help.',
      resolve: ({ notBefore }) => (notBefore === undefined ? null : new Date(notBefore)),
    }),
  }),
});
