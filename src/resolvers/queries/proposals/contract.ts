import { builder } from '../../../schema/builder.ts';
import { ContractRef } from '../../../schema/contracts/contract.ts';

builder.queryField('contract', (t) =>
  t.field({
    type: ContractRef,
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'A contract; null when there is none with this id. Needs scope READ.',
    args: { id: t.arg.id({ required: true, description: 'Id of the contract.' }) },
    resolve: (_root, { id }, { services }) => services.contracts.byId(id),
  }),
);
