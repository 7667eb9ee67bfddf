import { forbidden, holdsScope } from '../schema/access/authorization.ts';
import type { Context } from '../schema/context.ts';
import { type NodeType, nodeTypeOf } from '../schema/node-type.ts';

type Find = (context: Context, id: string) => { readonly id: string } | undefined;

const finders: Record<NodeType, Find> = {
  Job: ({ services }, id) => services.jobs.byId(id),
  Scan: ({ services }, id) => services.scanner.scan(id),
  SavedSearch: ({ services }, id) => services.searches.byId(id),
  Proposal: ({ services }, id) => services.proposals.byId(id),
  Contract: ({ services }, id) => services.contracts.byId(id),
  Milestone: ({ services }, id) => services.contracts.milestone(id),
  ConnectionFlow: ({ services }, id) => services.connection.flow(id),
  PlatformStatus: ({ services }) => services.connection.status(),
  ScanPreferences: ({ services }) => services.preferences.current(),
  AuditEntry: ({ services, viewer }, id) => {
    if (viewer && !holdsScope(viewer, 'ADMIN')) throw forbidden('AuditEntry', 'ADMIN', viewer);
    return services.audit.byId(id);
  },
  ApiToken: ({ services, viewer }, id) => {
    if (viewer && viewer.apiToken.id !== id && !holdsScope(viewer, 'ADMIN'))
      throw forbidden("Another token's ApiToken", 'ADMIN', viewer);
    return services.access.tokens(true).find((token) => token.id === id);
  },
};

/**
 * What has this id; null where nothing has, or no type has such ids.
 * @throws GraphQLError FORBIDDEN for another API token or an entry of the audit trail without the scope ADMIN
 */
export function findNode(context: Context, id: string): { readonly id: string } | null {
  const type = nodeTypeOf(id);
  const node = type && finders[type](context, id);
  return node?.id === id ? node : null;
}
