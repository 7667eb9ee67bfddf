import { builder } from '../../../schema/builder.ts';
import { DateTimeRangeInputRef } from '../../../schema/criteria/ranges.ts';
import { ProposalStatsRef } from '../../../schema/proposals/proposal-page.ts';
import { toInstants } from '../../inputs/job-filter.ts';

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
