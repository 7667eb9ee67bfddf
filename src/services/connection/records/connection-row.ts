import type { Clock } from '../../../clock.ts';
import type { Database } from '../../database/model.ts';
import type { ErrorCode } from '../../failures/model.ts';
import type { ProbeName, ProbeResult, UpworkErrorCode } from '../../upwork/model.ts';
import type { AuthExpiredReason, ConnectionStatus, ScopeName } from '../model.ts';

/** How the authorization itself stands, whatever else may hold. */
export type Standing = 'DISCONNECTED' | 'WRONG_ACCOUNT' | 'CONNECTED' | 'AUTH_EXPIRED' | 'CREDENTIALS_INVALID';

/** What probing found out about the key. A probe that could not be answered is absent. */
export interface FoundScopes {
  readonly probes: Readonly<Partial<Record<ProbeName, ProbeResult>>>;
  /** Scopes whose writing Upwork refused; it counts as granted until then. */
  readonly refusedWrites: readonly ScopeName[];
}

/** The account as the row keeps it; instants in ms. */
export interface StoredAccount {
  readonly externalId: string;
  readonly displayName: string;
  readonly email?: string;
  readonly avatarUrl?: string;
  readonly organization?: string;
}

/** Trouble that ends no connection. `attempts` counts failures in a row. Instants in ms. */
export interface StoredIncident {
  /** Which calls fail: those to the API, refreshes, or the storing of new tokens. */
  readonly source: 'api' | 'refresh' | 'store';
  readonly code: ErrorCode;
  readonly message: string;
  readonly occurredAt: number;
  readonly requestId?: string;
  readonly attempts: number;
  readonly nextRetryAt?: number;
}

/** The token endpoint is left alone until `retryAt` (ms); callers get `code` and `message` meanwhile. */
export interface RefreshBackOff {
  readonly failures: number;
  readonly retryAt: number;
  readonly code: UpworkErrorCode;
  readonly message: string;
}

/** The one row of `connections`. Instants in ms. */
export interface ConnectionRow {
  readonly status: Standing;
  readonly announcedStatus: ConnectionStatus;
  readonly statusChangedAt: number;
  readonly connectedAt: number | null;
  readonly restrictedAt: number | null;
  readonly failingSince: number | null;
  readonly account: StoredAccount | null;
  readonly ownerAccountId: string | null;
  readonly tenantId: string | null;
  readonly scopes: FoundScopes;
  readonly tokenExpiresAt: number | null;
  readonly tokenRefreshedAt: number | null;
  readonly tokenUsedAt: number | null;
  readonly connectsBalance: number | null;
  readonly expiredReason: AuthExpiredReason | null;
  readonly expiredAt: number | null;
  readonly incident: StoredIncident | null;
  readonly refreshBackOff: RefreshBackOff | null;
  readonly tokenGeneration: number;
}

/** Reads and writes the row. */
export interface ConnectionRows {
  read(): ConnectionRow;
  /** Joins the caller's transaction. */
  write(changes: Partial<ConnectionRow>): void;
}

const platform = 'upwork';
const columns = {
  status: 'status',
  announcedStatus: 'announced_status',
  statusChangedAt: 'status_changed_at',
  connectedAt: 'connected_at',
  restrictedAt: 'restricted_at',
  failingSince: 'failing_since',
  account: 'account',
  ownerAccountId: 'owner_account_id',
  tenantId: 'tenant_id',
  scopes: 'scopes',
  tokenExpiresAt: 'token_expires_at',
  tokenRefreshedAt: 'token_refreshed_at',
  tokenUsedAt: 'token_used_at',
  connectsBalance: 'connects_balance',
  expiredReason: 'expired_reason',
  expiredAt: 'expired_at',
  incident: 'incident',
  refreshBackOff: 'refresh_back_off',
  tokenGeneration: 'token_generation',
} as const satisfies Record<keyof ConnectionRow, string>;
const inJson = new Set<string>(['account', 'scopes', 'incident', 'refreshBackOff'] satisfies (keyof ConnectionRow)[]);

/** Nothing is known of the key. */
export const noScopes: FoundScopes = { probes: {}, refusedWrites: [] };

/** The row of this database; made, as DISCONNECTED, when there is none. */
export function createConnectionRows(db: Database, clock: Pick<Clock, 'now'>): ConnectionRows {
  db.sql
    .prepare(
      `INSERT OR IGNORE INTO connections (platform, status, announced_status, status_changed_at, scopes, token_generation)
       VALUES ('${platform}', 'DISCONNECTED', 'DISCONNECTED', ?, ?, 0)`,
    )
    .run(clock.now().getTime(), JSON.stringify(noScopes));
  const names = Object.keys(columns) as (keyof ConnectionRow)[];
  const select = db.sql.prepare<[], Record<string, unknown>>(
    `SELECT ${names.map((name) => `${columns[name]} AS ${name}`).join(', ')} FROM connections WHERE platform = '${platform}'`,
  );
  const update = db.sql.prepare(
    `UPDATE connections SET ${names.map((name) => `${columns[name]} = @${name}`).join(', ')} WHERE platform = '${platform}'`,
  );
  const read = () => mapJson(select.get() ?? {}, (value) => JSON.parse(value as string)) as unknown as ConnectionRow;
  return {
    read,
    write: (changes) => void update.run(mapJson({ ...read(), ...changes }, (value) => JSON.stringify(value))),
  };
}

function mapJson(row: Record<string, unknown>, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, inJson.has(name) && value !== null ? change(value) : value]),
  );
}
