import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { ConnectionService } from '../connection/model.ts';
import type { ContractService } from '../contracts/model.ts';
import type { Database, Leases } from '../database/model.ts';
import { DomainError, type ErrorCode } from '../failures/model.ts';
import type { ProposalService } from '../proposals/model.ts';
import { UpworkError } from '../upwork/model.ts';
import type { SyncService, SyncTarget } from './model.ts';

/** What syncing needs. `intervalMs`: between two scheduled ones. */
export interface SyncDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly leases: Leases;
  readonly connection: Pick<ConnectionService, 'status' | 'isUsable' | 'check' | 'onStatusChange'>;
  readonly proposals: Pick<ProposalService, 'sync'>;
  readonly contracts: Pick<ContractService, 'sync' | 'announceDue'>;
  readonly intervalMs: number;
}

const leaseMs = 120_000;
/** Due dates are looked at this often; it asks nobody. */
const tickMs = 60_000;
const nextKey = 'sync_due_at';
/** Shown as `lastSyncAt` of the platform's status. */
const lastKey = 'synced_at';

/** Syncs on its own schedule, kept in the database; one at a time among all processes. */
export function createSync(deps: SyncDeps): SyncService {
  const { db, clock, log, leases, connection } = deps;
  const read = db.sql.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const write = db.sql.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  let running: Promise<void> | undefined;
  let source: 'contract_list' | 'work_history' | undefined;
  let stop = new AbortController();
  let cancelTick: (() => void) | undefined;
  let forget: (() => void) | undefined;

  const one = async (target: SyncTarget, signal: AbortSignal): Promise<void> => {
    if (target === 'PROPOSALS') await deps.proposals.sync(signal);
    else if (target === 'CONTRACTS') source = (await deps.contracts.sync(signal)).source;
    else await connection.check();
  };

  const run = async (targets: readonly SyncTarget[]): Promise<void> => {
    const lease = leases.take('sync:upwork', leaseMs);
    if (!lease) return;
    let isWhole = true;
    try {
      for (const target of targets) {
        if (stop.signal.aborted) return;
        lease.renew();
        try {
          await one(target, stop.signal);
        } catch (error) {
          isWhole &&= mayBeLeftOut(error, target);
        }
      }
      if (isWhole) write.run(lastKey, String(clock.now().getTime()));
    } finally {
      lease.release();
    }
  };

  /** A key that may not read something is no incident: the status says so already. Everything else is logged. */
  const mayBeLeftOut = (error: unknown, target: SyncTarget): boolean => {
    const code = error instanceof UpworkError ? error.code : undefined;
    if (code === 'missing_scopes' || code === 'authorization_failed') return true;
    if (code === 'cancelled') return false;
    if (error instanceof UpworkError || error instanceof DomainError)
      log.warn({ err: error, action: target }, 'A sync with Upwork did not end');
    else log.error({ err: error, action: target }, 'A sync with Upwork failed unexpectedly');
    return false;
  };

  const start = (targets: readonly SyncTarget[]): readonly SyncTarget[] => {
    if (running) return [];
    running = run(targets).finally(() => {
      running = undefined;
    });
    return targets;
  };

  const dueAt = () => Number((read.get(nextKey) as string | undefined) ?? 0);
  const tick = () => {
    deps.contracts.announceDue();
    const now = clock.now().getTime();
    // A due time further off than the interval comes from a clock that was wrong.
    const isDue = dueAt() <= now || dueAt() > now + deps.intervalMs;
    if (isDue && connection.isUsable()) {
      write.run(nextKey, String(now + deps.intervalMs));
      start(['PROPOSALS', 'CONTRACTS']);
    }
    cancelTick = clock.after(Math.min(tickMs, deps.intervalMs), tick);
  };

  return {
    begin: (targets) => {
      if (!connection.isUsable()) throw unusable(connection);
      return start([...new Set(targets)]);
    },
    idle: async () => void (await running),
    contractSource: () => source,
    start: () => {
      stop = new AbortController();
      forget = connection.onStatusChange((status, previous) => {
        if (status === 'CONNECTED' && ['CONNECTING', 'DISCONNECTED', 'AUTH_EXPIRED'].includes(previous))
          write.run(nextKey, '0');
      });
      tick();
    },
    close: async () => {
      cancelTick?.();
      forget?.();
      stop.abort();
      await running;
    },
  };
}

function unusable(connection: Pick<ConnectionService, 'status'>): DomainError {
  const { status, message, nextAction } = connection.status();
  const codes: Partial<Record<typeof status, ErrorCode>> = {
    AUTH_EXPIRED: 'AUTH_EXPIRED',
    RESTRICTED: 'ACCOUNT_RESTRICTED',
    SECRET_STORE_UNAVAILABLE: 'SECRET_STORE_UNAVAILABLE',
    CREDENTIALS_INVALID: 'CREDENTIALS_INVALID',
  };
  return new DomainError({
    type: 'PlatformConnectionError',
    code: codes[status] ?? 'PLATFORM_NOT_CONNECTED',
    message: `${message} ${nextAction.message}`,
    status,
    missingConfiguration: [],
  });
}
