import type { ConnectionFlow } from '../../services/connection/model.ts';
import { holdsScope } from '../access/authorization.ts';
import { builder } from '../builder.ts';
import { UserErrorRef } from '../user-error.ts';
import { ConnectionFlowStatusRef } from './connection-enums.ts';
import { PlatformRef, platform } from './platform.ts';

export const ConnectionFlowRef = builder.objectRef<ConnectionFlow>('ConnectionFlow').implement({
  description: 'One attempt to authorize.',
  interfaces: [builder.nodeInterfaceRef()],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Stable id, `flow_…`.' }),
    platform: t.field({ type: PlatformRef, description: 'Which platform it connects to.', resolve: () => platform }),
    status: t.expose('status', { type: ConnectionFlowStatusRef, description: 'Where it stands.' }),
    authorizationUrl: t.field({
      type: 'URL',
      nullable: true,
      description:
        'The consent page to open in a browser. Null once the flow is over, and for a token without the scope CONNECT: whoever opens it chooses the account.',
      resolve: ({ authorizationUrl }, _args, { viewer }) =>
        holdsScope(viewer, 'CONNECT') ? (authorizationUrl ?? null) : null,
    }),
    redirectUri: t.expose('redirectUri', {
      type: 'URL',
      description: 'Where the platform leads back to; must be registered with the key, to the letter.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was started.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it can be completed.' }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it is open.',
    }),
    error: t.expose('failure', { type: UserErrorRef, nullable: true, description: 'Why it ended badly.' }),
  }),
});
