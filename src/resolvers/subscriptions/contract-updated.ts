import { builder } from '../../schema/builder.ts';
import { ContractUpdatedEventRef } from '../../schema/proposals/proposal-events.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('contractUpdated', (t) =>
  t.field({
    type: ContractUpdatedEventRef,
    authScopes: { scope: 'READ' },
    description: 'Changes of contracts and their milestones. Needs scope READ.',
    args: {
      contractIds: t.arg.idList({ description: 'Only these contracts; all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { contractIds, after }, context) => {
      const wanted = contractIds && new Set(contractIds);
      return followEvents(context, {
        types: ['CONTRACT_UPDATED'],
        after,
        matches: ({ subjectId }) => !wanted || wanted.has(subjectId),
      });
    },
    resolve: (event) => event,
  }),
);
