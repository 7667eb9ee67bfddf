import { builder } from '../../schema/builder.ts';
import { ProposalStatsRef } from '../../schema/proposal-page.ts';
import { DateTimeRangeInputRef } from '../../schema/ranges.ts';
import { toInstants } from '../job-filter.ts';

builder.queryField('proposalStats', (t) =>
  t.field({
    type: ProposalStatsRef,
    authScopes: { scope: 'READ' },
    description: 'What became of proposals. Needs scope READ.',
    args: {
      period: t.arg({
        type: DateTimeRangeInputRef,
        description: 'Submitted in this stretch of time; ever when left out.',
      }),
    },
    resolve: (_root, { period }, { services, now }) =>
      services.proposals.stats(...(period ? [toInstants(period, now())] : [])),
  }),
);
