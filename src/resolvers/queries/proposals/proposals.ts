import { builder } from '../../../schema/builder.ts';
import { toConnection } from '../../../schema/page.ts';
import { ProposalConnectionRef, ProposalFilterRef, ProposalOrderRef } from '../../../schema/proposals/proposal-page.ts';
import type { ProposalOrder } from '../../../services/proposals/model.ts';
import { toInstants } from '../../inputs/job-filter.ts';
import { withoutNull } from '../../inputs/without.ts';

const lastChangedFirst: ProposalOrder = { field: 'UPDATED_AT', direction: 'DESC' };

builder.queryField('proposals', (t) =>
  t.field({
    type: ProposalConnectionRef,
    authScopes: { scope: 'READ' },
    description: 'Proposals, last changed first unless ordered otherwise. Needs scope READ.',
    args: {
      filter: t.arg({ type: ProposalFilterRef, description: 'Which proposals.' }),
      orderBy: t.arg({ type: ProposalOrderRef, defaultValue: lastChangedFirst, description: 'In which order.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: (_root, { filter: asked, orderBy, ...page }, { services: { proposals }, now }) => {
      const { submittedAt, ...rest } = asked ?? {};
      const filter = withoutNull({ ...rest, submittedAt: submittedAt && toInstants(submittedAt, now()) });
      const found = proposals.list({ ...withoutNull(page), filter, orderBy: orderBy ?? lastChangedFirst });
      return toConnection(found, { count: () => proposals.count(filter) });
    },
  }),
);
