import { builder } from '../../../schema/builder.ts';
import { ProposalRef } from '../../../schema/proposals/proposal.ts';

builder.queryField('proposal', (t) =>
  t.field({
    type: ProposalRef,
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'A proposal; null when there is none with this id. Needs scope READ.',
    args: { id: t.arg.id({ required: true, description: 'Id of the proposal.' }) },
    resolve: (_root, { id }, { services }) => services.proposals.byId(id),
  }),
);
