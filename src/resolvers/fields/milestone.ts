import { builder } from '../../schema/builder.ts';
import { ContractRef, MilestoneRef } from '../../schema/contracts/contract.ts';

builder.objectField(MilestoneRef, 'contract', (t) =>
  t.field({
    type: ContractRef,
    description: 'The contract it is a part of.',
    resolve: ({ contractId }, _args, { services }) => {
      const contract = services.contracts.byId(contractId);
      if (!contract) throw new Error(`The contract ${contractId} is gone, and a milestone still belongs to it.`);
      return contract;
    },
  }),
);
