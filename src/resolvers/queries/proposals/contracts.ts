import { builder } from '../../../schema/builder.ts';
import { ContractConnectionRef, ContractFilterRef, ContractOrderRef } from '../../../schema/contracts/contract-page.ts';
import { toConnection } from '../../../schema/page.ts';
import type { ContractOrder } from '../../../services/contracts/model.ts';
import { toInstants } from '../../inputs/job-filter.ts';
import { withoutNull } from '../../inputs/without.ts';

const lastChangedFirst: ContractOrder = { field: 'UPDATED_AT', direction: 'DESC' };

builder.queryField('contracts', (t) =>
  t.field({
    type: ContractConnectionRef,
    authScopes: { scope: 'READ' },
    description: 'Contracts, last changed first unless ordered otherwise. Needs scope READ.',
    args: {
      filter: t.arg({ type: ContractFilterRef, description: 'Which contracts.' }),
      orderBy: t.arg({ type: ContractOrderRef, defaultValue: lastChangedFirst, description: 'In which order.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: (_root, { filter: asked, orderBy, ...page }, { services: { contracts }, now }) => {
      const { startedAt, ...rest } = asked ?? {};
      const filter = withoutNull({ ...rest, startedAt: startedAt && toInstants(startedAt, now()) });
      const found = contracts.list({ ...withoutNull(page), filter, orderBy: orderBy ?? lastChangedFirst });
      return toConnection(found, { count: () => contracts.count(filter) });
    },
  }),
);
