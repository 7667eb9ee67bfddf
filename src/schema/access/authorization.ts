import type { AuthFailure } from '@pothos/plugin-scope-auth';
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { ApiScope, Viewer } from '../../services/access/model.ts';
import type { Context } from '../context.ts';

/** Whether the viewer's token may do what needs this scope. ADMIN includes all, every other scope only itself. */
export function holdsScope(viewer: Viewer | undefined, scope: ApiScope): boolean {
  return viewer !== undefined && (viewer.scopes.includes(scope) || viewer.scopes.includes('ADMIN'));
}

/** What the caller of this operation may do, for the authorization plugin. */
export function grantsOf({ viewer }: Pick<Context, 'viewer'>) {
  return { token: viewer !== undefined, scope: (scope: ApiScope) => holdsScope(viewer, scope) };
}

/** Why a field was refused: UNAUTHENTICATED without a token, else FORBIDDEN with the scope that is missing. */
export function refusal(
  { viewer }: Pick<Context, 'viewer'>,
  { parentType, fieldName }: Pick<GraphQLResolveInfo, 'parentType' | 'fieldName'>,
  failure: AuthFailure,
): GraphQLError {
  if (!viewer)
    return new GraphQLError('This needs a token. Send one as `Authorization: Bearer prs_…`, or log in.', {
      extensions: { code: 'UNAUTHENTICATED' },
    });
  return forbidden(`${parentType.name}.${fieldName}`, missingScope(failure), viewer);
}

/** The refusal of something that this viewer's token lacks the scope for. */
export function forbidden(what: string, scope: ApiScope | undefined, viewer: Viewer): GraphQLError {
  const held = viewer.scopes.join(', ') || 'none';
  return new GraphQLError(
    `${what} needs a token with the scope ${scope ?? 'ADMIN'}; this one has ${held}. Use another token, or make one with createApiToken.`,
    { extensions: { code: 'FORBIDDEN', ...(scope && { requiredScope: scope }) } },
  );
}

function missingScope(failure: AuthFailure): ApiScope | undefined {
  if ('failures' in failure) return failure.failures.map(missingScope).find((scope) => scope !== undefined);
  return failure.kind === 'AuthScope' && failure.scope === 'scope' ? (failure.parameter as ApiScope) : undefined;
}
