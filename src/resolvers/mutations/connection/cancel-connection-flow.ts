import { builder } from '../../../schema/builder.ts';
import { CancelConnectionFlowInputRef } from '../../../schema/connection/connection-inputs.ts';
import { CancelConnectionFlowPayloadRef } from '../../../schema/connection/connection-payloads.ts';
import { attempt } from '../../attempt.ts';

builder.mutationField('cancelConnectionFlow', (t) =>
  t.field({
    type: CancelConnectionFlowPayloadRef,
    authScopes: { scope: 'CONNECT' },
    description: 'Ends a flow that is open. Needs scope CONNECT.',
    args: {
      input: t.arg({ type: CancelConnectionFlowInputRef, required: true, description: 'Which flow.' }),
    },
    resolve: (_root, { input }, { services }) =>
      attempt(async () => ({ flow: await services.connection.cancelFlow(input.flowId) })),
  }),
);
