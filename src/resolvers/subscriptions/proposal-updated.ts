import { builder } from '../../schema/builder.ts';
import { ProposalUpdatedEventRef } from '../../schema/proposals/proposal-events.ts';
import { followEvents } from '../events/follow-events.ts';

builder.subscriptionField('proposalUpdated', (t) =>
  t.field({
    type: ProposalUpdatedEventRef,
    authScopes: { scope: 'READ' },
    description: 'Changes of proposals. Needs scope READ.',
    args: {
      proposalIds: t.arg.idList({ description: 'Only these proposals; all when left out.' }),
      after: t.arg.string({ description: 'First what came after this cursor, then what comes.' }),
    },
    subscribe: (_root, { proposalIds, after }, context) => {
      const wanted = proposalIds && new Set(proposalIds);
      return followEvents(context, {
        types: ['PROPOSAL_UPDATED'],
        after,
        matches: ({ subjectId }) => !wanted || wanted.has(subjectId),
      });
    },
    resolve: (event) => event,
  }),
);
