import type { SecretStoreError } from '../model.ts';
import { vaultProblems } from './problems.ts';

/**
 * Why a request got no answer, in our words: from the code of the failure alone, since the error itself may hold address, headers and body (T4).
 * An aborted request is one that took too long.
 */
export function networkFailure(error: unknown, host: string): SecretStoreError {
  const code = codeOf(error);
  const cause = new Error(code);
  const trouble = tlsTrouble(code);
  // A code of the system or of undici says more than the name of an error class.
  const reason = reasons[code] ?? (/^[A-Z][A-Z0-9_]+$/.test(code) ? code : 'no connection');
  return trouble === undefined
    ? vaultProblems.unreachable(host, reason, cause)
    : vaultProblems.tls(host, trouble, cause);
}

const reasons: Readonly<Record<string, string>> = {
  ABORT_ERR: 'no complete answer in time',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EAI_AGAIN: 'its name cannot be resolved now',
  ENOTFOUND: 'its name cannot be resolved',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no network',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 3 seconds',
  UND_ERR_SOCKET: 'connection closed early',
};

const tlsReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'no common version of TLS',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'no common version of TLS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is unknown',
};

function tlsTrouble(code: string): string | undefined {
  if (tlsReasons[code] !== undefined) return tlsReasons[code];
  return /^(?:CERT_|CRL_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|EPROTO)/.test(
    code,
  )
    ? code
    : undefined;
}

/** The innermost code: fetch wraps the socket's failure, and that may be one of several addresses' failures. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { name, code, cause, errors } = error as { name?: unknown; code?: unknown; cause?: unknown; errors?: unknown };
  if (name === 'AbortError') return 'ABORT_ERR';
  if (cause !== undefined) return codeOf(cause);
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) return code;
  if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  return typeof name === 'string' && /^[A-Za-z]{3,40}$/.test(name) ? name : 'unknown';
}
