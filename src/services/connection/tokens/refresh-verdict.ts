import { OAuthError, type UpworkErrorCode } from '../../upwork/model.ts';

/**
 * What a failed refresh means: `rejected` the token is dead, once the store was read again; `credentials` Client ID or Secret are refused;
 * `wait` anything else: tried again later. `spent`: whether the refresh token may have been spent.
 */
export type RefreshVerdict =
  | { readonly kind: 'rejected' }
  | { readonly kind: 'credentials' }
  | {
      readonly kind: 'wait';
      readonly spent: boolean;
      readonly code: UpworkErrorCode;
      readonly message: string;
      readonly retryAfterMs?: number;
    };

/** Judges a failed refresh (RELIABILITY §0 error map, §2a.6, F12–F18). Only `invalid_grant` ever ends an authorization. */
export function judgeRefresh(error: unknown): RefreshVerdict {
  // Nobody knows how far it came: as if the answer had been lost.
  if (!(error instanceof OAuthError)) return wait(true, 'unexpected_response', unclear);
  if (error.kind === 'invalid_grant') return { kind: 'rejected' };
  if (areCredentialsRefused(error)) return { kind: 'credentials' };
  if (error.kind === 'ambiguous') return wait(true, 'timeout', lost);
  if (error.kind !== 'transient')
    return wait(
      false,
      'unexpected_response',
      `Upwork refused to renew the tokens (${plain(error.oauthError)}). ${again}`,
    );
  return judgeOutage(error);
}

/** Whether Upwork says that Client ID or Secret are wrong: `invalid_client`, or another error that names the parameter (FACTS §2.3). */
export function areCredentialsRefused(error: OAuthError): boolean {
  const { kind, oauthErrorDescription = '' } = error;
  return kind === 'invalid_client' || (kind === 'refused' && /client_(?:id|secret)/i.test(oauthErrorDescription));
}

function judgeOutage({ httpStatus, retryAfterMs }: OAuthError): RefreshVerdict {
  const pause = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (httpStatus === undefined) return { ...wait(false, 'network', unreachable), ...pause };
  if (httpStatus === 429) return { ...wait(false, 'rate_limited', limited), ...pause };
  if (httpStatus >= 500) return { ...wait(true, 'unavailable', `${outage(httpStatus)}`), ...pause };
  // Redirects and refusals without an OAuth error come from what stands in front; a 2xx that cannot be read may hold the new tokens.
  return { ...wait(httpStatus < 300, httpStatus === 403 ? 'challenge' : 'unavailable', outage(httpStatus)), ...pause };
}

function wait(spent: boolean, code: UpworkErrorCode, message: string): RefreshVerdict & { kind: 'wait' } {
  return { kind: 'wait', spent, code, message };
}

const again = 'Prospector tries again by itself; nobody has to connect anew.';
const unclear = `Renewing the tokens failed for a reason that is in the log. ${again}`;
const lost = `Upwork's answer to the renewal of the tokens did not arrive whole. ${again}`;
const unreachable = `Upwork's token endpoint cannot be reached. ${again}`;
const limited = `Upwork's token endpoint asked for a pause. ${again}`;
const outage = (httpStatus: number) =>
  `Upwork's token endpoint answered HTTP ${httpStatus} instead of tokens. ${again}`;
const plain = (code = 'no code') => code.replace(/[^\w. -]/g, '').slice(0, 60);
