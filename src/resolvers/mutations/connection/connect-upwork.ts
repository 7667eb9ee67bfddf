import { builder } from '../../../schema/builder.ts';
import { ConnectUpworkInputRef, connectDefaults } from '../../../schema/connection/connection-inputs.ts';
import { ConnectUpworkPayloadRef } from '../../../schema/connection/connection-payloads.ts';
import { attempt } from '../../attempt.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.mutationField('connectUpwork', (t) =>
  t.field({
    type: ConnectUpworkPayloadRef,
    authScopes: { scope: 'CONNECT' },
    description:
      'Opens a flow: open `authorizationUrl` in a browser and give consent. An earlier connection stays until the flow has completed. Needs scope CONNECT.',
    args: {
      input: t.arg({
        type: ConnectUpworkInputRef,
        required: true,
        defaultValue: connectDefaults,
        description: 'How to connect.',
      }),
    },
    resolve: (_root, { input }, { services, bindBrowser }) =>
      attempt(() => {
        const { force, allowAccountChange, ...rest } = input;
        return services.connection.connect({ ...withoutNull(rest), force, allowAccountChange }, bindBrowser?.());
      }),
  }),
);
