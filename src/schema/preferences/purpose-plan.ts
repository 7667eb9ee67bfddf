import type { PurposePlan } from '../../services/scanner/model.ts';
import { builder } from '../builder.ts';
import { RequestPurposeRef } from '../connection/connection-enums.ts';

export const PurposePlanRef = builder.objectRef<PurposePlan>('PurposePlan').implement({
  description: 'Requests a day for one purpose. None starves another: each is sure of its share.',
  fields: (t) => ({
    purpose: t.expose('purpose', { type: RequestPurposeRef, description: 'What they are for.' }),
    expected: t.exposeInt('expected', {
      description: 'How many it will be: for scanning as planned, for all else as on the last seven days.',
    }),
    share: t.exposeInt('share', { description: 'How many it is sure of, whatever else is read.' }),
    most: t.exposeInt('most', { description: 'How many it may be where nothing else asks for more than its share.' }),
  }),
});
