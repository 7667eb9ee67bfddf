import type { ThrottleSource } from '../../budget/model.ts';
import type { SecretStoreHealth } from '../../secrets/model.ts';
import { type AuthExpiredReason, type ConnectionStatus, connectionStatuses } from '../model.ts';
import type { ConnectionRow } from '../records/connection-row.ts';
import { missingScopes } from './scopes.ts';

/** Everything the status is worked out from. */
export interface StatusFacts {
  readonly row: ConnectionRow;
  readonly health: SecretStoreHealth;
  /** The flow that waits for its callback or its tokens. */
  readonly openFlow?: { readonly expiresAt: number };
  readonly throttled?: { readonly until: Date; readonly by: ThrottleSource };
  /** Whether a flow could begin without being given credentials. */
  readonly hasCredentials: boolean;
  readonly now: Date;
}

/** Of all that holds the first in the order of `connectionStatuses`. */
export function showStatus(facts: StatusFacts): ConnectionStatus {
  const { row, health, openFlow, throttled, now } = facts;
  const holds: Record<ConnectionStatus, boolean> = {
    SECRET_STORE_UNAVAILABLE: !health.available,
    RESTRICTED: row.restrictedAt !== null,
    CREDENTIALS_INVALID: row.status === 'CREDENTIALS_INVALID',
    AUTH_EXPIRED: row.status === 'AUTH_EXPIRED',
    WRONG_ACCOUNT: row.status === 'WRONG_ACCOUNT',
    CONNECTING: row.connectedAt === null && openFlow !== undefined,
    DISCONNECTED: row.connectedAt === null,
    RATE_LIMITED: throttled !== undefined && throttled.until > now,
    INSUFFICIENT_SCOPES: missingScopes(row.scopes).length > 0,
    ERROR: row.failingSince !== null,
    CONNECTED: true,
  };
  return connectionStatuses.find((status) => holds[status]) ?? 'CONNECTED';
}

/** One sentence saying why. */
export function statusMessage(status: ConnectionStatus, { row, health, throttled }: StatusFacts): string {
  switch (status) {
    case 'SECRET_STORE_UNAVAILABLE':
      return health.available ? 'The secret store does not answer.' : health.message;
    case 'RESTRICTED':
      return 'Upwork has restricted the account, therefore no call is made.';
    case 'CREDENTIALS_INVALID':
      return 'Upwork refuses the Client ID or the Client Secret.';
    case 'AUTH_EXPIRED':
      return expiredMessages[row.expiredReason ?? 'REFRESH_REJECTED'];
    case 'WRONG_ACCOUNT':
      return 'The last authorization was given by another Upwork account than the one this database belongs to, and nothing of it was stored.';
    case 'CONNECTING':
      return 'An authorization has begun and waits for consent on the page of Upwork.';
    case 'DISCONNECTED':
      return 'No Upwork account is connected.';
    case 'RATE_LIMITED':
      return `${throttled?.by === 'BUDGET' ? 'The requests that the preferences allow for today are spent' : 'Upwork asked for a pause'}: calls go on at ${throttled?.until.toISOString()}.`;
    case 'INSUFFICIENT_SCOPES':
      return `The Upwork key lacks what ${missingScopes(row.scopes)
        .map(({ name }) => name)
        .join(' and ')} needs; what is granted goes on working.`;
    case 'ERROR':
      return row.incident?.message ?? 'Upwork keeps answering in a way that is not understood.';
    case 'CONNECTED':
      return 'Upwork accepts the token.';
  }
}

/** Why an authorization has died, in one sentence. */
export const expiredMessages: Readonly<Record<AuthExpiredReason, string>> = {
  REFRESH_REJECTED: 'Upwork no longer accepts the authorization: it has expired or was revoked.',
  ACCESS_REVOKED:
    'Upwork stopped accepting the authorization before its time: access was revoked, or the scopes of the key were changed.',
  SECRET_LOST: 'The secret store answers and holds no tokens any more.',
  OUTCOME_UNKNOWN:
    'The answer to a renewal of the tokens never arrived, and Upwork does not accept the earlier token any more.',
  RESTORED_FROM_BACKUP:
    'The secret store holds tokens older than the last ones spent, as after restoring a backup; they were not tried.',
};
