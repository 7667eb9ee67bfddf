import type { Database } from '../../database/model.ts';
import type { FlowRows } from '../flow/flow-rows.ts';
import type { Flows } from '../flow/flows.ts';
import type { PlatformIncident, PlatformStatus } from '../model.ts';
import type { ConnectionRow, StoredIncident } from '../records/connection-row.ts';
import { nextAction } from './next-action.ts';
import { capabilitiesOf, grantsOf } from './scopes.ts';
import { showStatus, statusMessage } from './status.ts';
import { platformId, type StatusBoard } from './status-board.ts';

/** A refresh token lives this long since its last use (FACTS §2.4). An estimate: nothing is ever declared dead by it. */
const refreshTokenLifeMs = 14 * 24 * 60 * 60_000;

/** What the report is made of. */
export interface PlatformStatusDeps {
  readonly db: Database;
  readonly board: StatusBoard;
  readonly flows: Pick<Flows, 'view'>;
  readonly flowRows: Pick<FlowRows, 'open'>;
  readonly publicUrl: () => string;
}

/** Reads the whole status, at the moment it is asked for. */
export function createPlatformStatus(deps: PlatformStatusDeps): () => PlatformStatus {
  // Written by `services/sync` at the end of every whole sync.
  const lastSync = deps.db.sql
    .prepare<[], number | null>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'synced_at'")
    .pluck();
  return () => {
    const facts = deps.board.facts();
    const { row } = facts;
    const status = showStatus(facts);
    const found = row.connectedAt === null ? undefined : row.scopes;
    const [open] = deps.flowRows.open();
    const lastSyncAt = instant(lastSync.get() ?? null);
    return {
      id: platformId,
      status,
      message: statusMessage(status, facts),
      statusChangedAt: status === row.announcedStatus ? new Date(row.statusChangedAt) : facts.now,
      scopes: grantsOf(found),
      capabilities: capabilitiesOf(found),
      nextAction: nextAction(status, facts, `${deps.publicUrl()}/`),
      ...accountOf(row),
      ...tokenTimes(row),
      ...(lastSyncAt && { lastSyncAt }),
      ...(row.connectsBalance !== null && { connectsBalance: row.connectsBalance }),
      ...(row.incident && { lastIncident: incidentOf(row.incident) }),
      ...(open && { activeFlow: deps.flows.view(open) }),
    };
  };
}

function accountOf({ account, connectedAt }: ConnectionRow): Pick<PlatformStatus, 'account'> {
  return account && connectedAt !== null ? { account: { ...account, connectedAt: new Date(connectedAt) } } : {};
}

function tokenTimes({ tokenExpiresAt, tokenRefreshedAt }: ConnectionRow): Partial<PlatformStatus> {
  return {
    ...(tokenExpiresAt !== null && { tokenExpiresAt: new Date(tokenExpiresAt) }),
    ...(tokenRefreshedAt !== null && {
      tokenRefreshedAt: new Date(tokenRefreshedAt),
      refreshTokenExpiresAt: new Date(tokenRefreshedAt + refreshTokenLifeMs),
    }),
  };
}

function incidentOf({ source: _source, occurredAt, nextRetryAt, ...incident }: StoredIncident): PlatformIncident {
  return {
    ...incident,
    occurredAt: new Date(occurredAt),
    ...(nextRetryAt !== undefined && { nextRetryAt: new Date(nextRetryAt) }),
  };
}

function instant(at: number | null): Date | undefined {
  return at === null ? undefined : new Date(at);
}
