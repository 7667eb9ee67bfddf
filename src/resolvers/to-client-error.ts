import { GraphQLError } from 'graphql';
import { DomainError, type ErrorCode, RefusedError } from '../services/failures/model.ts';

/** Codes of expected failures that are nobody's mistake: the request may be sent again later. */
const notNow = new Set<ErrorCode>([
  'PLATFORM_NOT_CONFIGURED',
  'PLATFORM_NOT_CONNECTED',
  'AUTH_EXPIRED',
  'INSUFFICIENT_SCOPES',
  'UPSTREAM_ERROR',
  'SECRET_STORE_UNAVAILABLE',
  'CREDENTIALS_INVALID',
  'WRONG_ACCOUNT',
  'ACCOUNT_RESTRICTED',
]);

/**
 * The error as a client may see it, with `extensions.code` (CONVENTIONS §6), or undefined for one that nobody foresaw: mask and log that.
 * `extensions.reason` is the `ErrorCode` of an expected failure of a query.
 * @param code for errors of GraphQL itself, by what was being done: parsing, validating, else reading the input
 */
export function toClientError(error: unknown, code = 'BAD_USER_INPUT'): GraphQLError | undefined {
  if (!(error instanceof GraphQLError)) {
    const extensions = extensionsOf(error);
    return extensions && new GraphQLError((error as Error).message, { extensions });
  }
  if (error.extensions['code'] !== undefined) return error;
  const cause = error.originalError;
  // A located GraphQLError without nodes came from completing a value: our mistake. One with nodes is about the arguments.
  const ofRequest = !cause || error.path === undefined || (cause instanceof GraphQLError && cause.nodes !== undefined);
  const extensions = extensionsOf(cause) ?? (ofRequest ? { code } : undefined);
  if (!extensions) return undefined;
  const { message, nodes = null, source = null, positions = null, path = null } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    path,
    extensions: { ...error.extensions, ...extensions },
  });
}

function extensionsOf(error: unknown): Record<string, unknown> | undefined {
  if (error instanceof RefusedError) return { ...error.extensions, code: error.code };
  if (!(error instanceof DomainError)) return undefined;
  const [failure] = error.failures;
  if (!failure) return { code: 'BAD_USER_INPUT' };
  if (failure.type === 'RateLimitedError')
    return { code: 'RATE_LIMITED', reason: failure.code, retryAfterMs: failure.retryAfterMs };
  return { code: notNow.has(failure.code) ? 'SERVICE_UNAVAILABLE' : 'BAD_USER_INPUT', reason: failure.code };
}
