import { SecretStoreError } from '../../secrets/model.ts';
import { UpworkError } from '../../upwork/model.ts';
import type { ConnectionRow } from '../records/connection-row.ts';
import { expiredMessages, type StatusFacts } from '../status/status.ts';

const connect = 'ghoststack prospector connect upwork';

/** Lets pass who may use a token now. @returns the row @throws UpworkError `secret_store`, `not_connected`, `restricted`, `credentials_invalid`, `auth_expired` */
export function passGate({ row, health }: Pick<StatusFacts, 'row' | 'health'>): ConnectionRow {
  if (row.restrictedAt !== null)
    throw new UpworkError(
      'restricted',
      'Upwork has restricted the account. Settle it with Upwork, then: ghoststack prospector resume.',
    );
  if (row.connectedAt === null)
    throw new UpworkError('not_connected', `No Upwork account is connected. Connect one: ${connect}.`);
  if (row.status === 'CREDENTIALS_INVALID')
    throw new UpworkError(
      'credentials_invalid',
      `Upwork refuses the Client ID or the Client Secret. Connect with the right ones: ${connect}.`,
    );
  if (row.status === 'AUTH_EXPIRED') throw authExpired(row);
  if (!health.available) throw new UpworkError('secret_store', `${health.message} ${health.nextAction}`);
  return row;
}

/** The error of an authorization that has died. */
export function authExpired(row: ConnectionRow): UpworkError {
  return new UpworkError(
    'auth_expired',
    `${expiredMessages[row.expiredReason ?? 'REFRESH_REJECTED']} Connect again: ${connect}.`,
  );
}

/** The secret store's failure as callers of the API know it; anything else as it is. */
export function asUpworkError(error: unknown): unknown {
  if (!(error instanceof SecretStoreError)) return error;
  return new UpworkError('secret_store', error.message, { cause: error });
}
