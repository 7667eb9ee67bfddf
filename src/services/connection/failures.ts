import { DomainError, type UserFailure } from '../failures/model.ts';
import { SecretStoreError } from '../secrets/model.ts';
import { UpworkError } from '../upwork/model.ts';
import type { ConnectionStatus } from './model.ts';

/** What an error of Upwork's API or of the secret store tells the caller; undefined for anything unforeseen. */
export function failureOf(error: unknown, status: ConnectionStatus): UserFailure | undefined {
  if (error instanceof SecretStoreError) return secretFailure(error.message, error.code === 'sealed');
  if (!(error instanceof UpworkError)) return undefined;
  const { code, message } = error;
  switch (code) {
    case 'not_connected':
      return connectionFailure('PLATFORM_NOT_CONNECTED', message, status);
    case 'auth_expired':
      return connectionFailure('AUTH_EXPIRED', message, status);
    case 'restricted':
      return connectionFailure('ACCOUNT_RESTRICTED', message, status);
    case 'credentials_invalid':
      return { type: 'AuthorizationFlowError', code: 'CREDENTIALS_INVALID', message };
    case 'secret_store':
      return secretFailure(message);
    case 'missing_scopes':
      return {
        type: 'InsufficientScopesError',
        code: 'INSUFFICIENT_SCOPES',
        message,
        missingScopes: error.missing ?? [],
      };
    case 'rate_limited':
    case 'budget_spent':
      return { type: 'RateLimitedError', code: 'RATE_LIMITED', message, retryAfterMs: error.retryAfterMs ?? 60_000 };
    default:
      return {
        type: 'UpstreamError',
        code: 'UPSTREAM_ERROR',
        message,
        retryable: !['invalid_query', 'bad_parameter', 'authorization_failed'].includes(code),
        ...(error.httpStatus !== undefined && { httpStatus: error.httpStatus }),
        ...(error.requestId !== undefined && { requestId: error.requestId }),
      };
  }
}

/** The same as an error to throw; anything unforeseen as it is. */
export function asDomainError(error: unknown, status: ConnectionStatus): unknown {
  const failure = failureOf(error, status);
  return failure ? new DomainError(failure) : error;
}

function secretFailure(message: string, sealed?: boolean): UserFailure {
  return {
    type: 'SecretStoreError',
    code: 'SECRET_STORE_UNAVAILABLE',
    message,
    ...(sealed !== undefined && { sealed }),
  };
}

function connectionFailure(
  code: 'PLATFORM_NOT_CONNECTED' | 'AUTH_EXPIRED' | 'ACCOUNT_RESTRICTED',
  message: string,
  status: ConnectionStatus,
): UserFailure {
  return { type: 'PlatformConnectionError', code, message, status, missingConfiguration: [] };
}
