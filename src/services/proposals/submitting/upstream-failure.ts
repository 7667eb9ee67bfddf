import type { UserFailure } from '../../failures/model.ts';
import type { UpworkError } from '../../upwork/model.ts';

/** A failed call as the caller's failure: what it means, and what to do. */
export function upstreamFailure(error: UpworkError): UserFailure {
  const connection = (
    code: 'PLATFORM_NOT_CONNECTED' | 'AUTH_EXPIRED' | 'ACCOUNT_RESTRICTED',
    status: string,
  ): UserFailure => ({
    type: 'PlatformConnectionError',
    code,
    message: error.message,
    status,
    missingConfiguration: [],
  });
  switch (error.code) {
    case 'not_connected':
      return connection('PLATFORM_NOT_CONNECTED', 'DISCONNECTED');
    case 'auth_expired':
    case 'unauthorized':
      return connection('AUTH_EXPIRED', 'AUTH_EXPIRED');
    case 'restricted':
      return connection('ACCOUNT_RESTRICTED', 'RESTRICTED');
    case 'credentials_invalid':
      return { type: 'AuthorizationFlowError', code: 'CREDENTIALS_INVALID', message: error.message };
    case 'secret_store':
      return { type: 'SecretStoreError', code: 'SECRET_STORE_UNAVAILABLE', message: error.message };
    case 'missing_scopes':
      return {
        type: 'InsufficientScopesError',
        code: 'INSUFFICIENT_SCOPES',
        message: error.message,
        missingScopes: error.missing ?? [],
      };
    case 'rate_limited':
    case 'budget_spent':
      return {
        type: 'RateLimitedError',
        code: 'RATE_LIMITED',
        message: error.message,
        retryAfterMs: error.retryAfterMs ?? 60_000,
      };
    default:
      return {
        type: 'UpstreamError',
        code: 'UPSTREAM_ERROR',
        message: error.message,
        retryable: ['unavailable', 'timeout', 'network', 'challenge'].includes(error.code),
        ...(error.httpStatus !== undefined && { httpStatus: error.httpStatus }),
        ...(error.requestId !== undefined && { requestId: error.requestId }),
      };
  }
}
