import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Random } from '../../random.ts';
import type { Database, Leases } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { SecretStore } from '../secrets/model.ts';
import type { AnswerObserver, Credentials, TokenSource, UpworkClient, UpworkOAuth } from '../upwork/model.ts';
import { createAlarm } from './alarm.ts';
import { createDisconnect } from './disconnect.ts';
import { createFlowCompletion } from './flow/complete-flow.ts';
import { createFinishFlow } from './flow/finish-flow.ts';
import { createFlowRows } from './flow/flow-rows.ts';
import { createFlowSecrets } from './flow/flow-secret.ts';
import { createFlows } from './flow/flows.ts';
import type { ConnectionService, ConnectionStatus } from './model.ts';
import { createConnectionRows } from './records/connection-row.ts';
import { createStoredCredentials, importCredentials } from './records/stored-credentials.ts';
import { createTokenShelf } from './records/stored-tokens.ts';
import { createObserver } from './status/observer.ts';
import { createPlatformStatus } from './status/platform-status.ts';
import type { StatusFacts } from './status/status.ts';
import { createStatusBoard } from './status/status-board.ts';
import { createTokens } from './tokens/tokens.ts';
import { createCheck } from './upkeep/check.ts';
import { createSecretWatch } from './upkeep/secret-watch.ts';
import { createUpkeep } from './upkeep/upkeep.ts';

/** What the connection needs. */
export interface ConnectionDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly events: EventLog;
  readonly secrets: SecretStore;
  readonly leases: Leases;
  /** Until when the budget lets no call through, and who wants it so. */
  readonly throttled: () => StatusFacts['throttled'];
  readonly oauth: UpworkOAuth;
  /** A client for tokens that are not stored yet; how its calls end must not reach `observer`. */
  readonly clientWith: (tokens: TokenSource) => UpworkClient;
  /** The client that takes its tokens from `tokens` here. */
  readonly client: () => UpworkClient;
  /** Deletes what was read from the platform, in the caller's transaction; says how many records that were. */
  readonly purgePlatformData: () => number;
  readonly settings: {
    readonly redirectUri: () => string;
    /** Without a slash at the end. */
    readonly publicUrl: () => string;
    readonly tenantId?: string;
    readonly environmentCredentials?: Credentials;
  };
}

/** The connection's service, and its two faces towards the API adapter. */
export type Connection = ConnectionService & { readonly tokens: TokenSource; readonly observer: AnswerObserver };

/** Statuses in which calls have a chance. */
const usable: readonly ConnectionStatus[] = ['CONNECTED', 'INSUFFICIENT_SCOPES', 'ERROR'];
/** How long closing waits for what is under way: a refresh that is cut off costs a person's consent in the worst case. */
const closingMs = 8_000;

/** The connection to Upwork. `start` sets its timers and goes on with what a crash has left; its owner closes it, before the database and the secret store. */
export function createConnection(deps: ConnectionDeps): Connection {
  const { db, clock, log, secrets, settings } = deps;
  const rows = createConnectionRows(db, clock);
  const flowRows = createFlowRows(db);
  const watch = createSecretWatch(secrets, clock, () => healthChanged());
  const credentials = createStoredCredentials(secrets, watch.suspect);
  const shelf = createTokenShelf(secrets, watch.suspect);
  const flowSecrets = createFlowSecrets(secrets, watch.suspect);
  const surroundings = (): Omit<StatusFacts, 'row' | 'health' | 'now'> => {
    const [openFlow] = flowRows.open();
    const throttled = deps.throttled();
    return {
      hasCredentials: credentials.areKnown(),
      ...(openFlow && { openFlow }),
      ...(throttled && { throttled }),
    };
  };
  const board = createStatusBoard({ ...deps, rows, health: watch.health, surroundings, publicUrl: settings.publicUrl });
  const tokens = createTokens({ ...deps, shelf, board, refreshed: () => upkeep.reconsider() });
  const check = createCheck({ ...deps, board, shelf });
  const upkeep = createUpkeep({ clock, log, board, tokens, check });
  const flows = createFlows({ ...deps, ...settings, rows: flowRows, secrets: flowSecrets, credentials, board });
  const finish = createFinishFlow({ ...deps, shelf, credentials, flows, flowRows, board, tenantId: settings.tenantId });
  const completion = createFlowCompletion({ ...deps, flows, rows: flowRows, secrets: flowSecrets, board, finish });
  const resumption = createAlarm(clock, () => void recover());
  let isStarted = false;
  let recovering: Promise<unknown> | undefined;

  const importOwn = async (own: Credentials) => {
    if (!(await importCredentials(credentials, shelf, own))) return;
    board.change((row) =>
      row.status === 'CREDENTIALS_INVALID'
        ? { row: { status: row.connectedAt === null ? 'DISCONNECTED' : 'CONNECTED' } }
        : {},
    );
  };
  const readSecrets = async () => {
    if (settings.environmentCredentials) await importOwn(settings.environmentCredentials);
    else await credentials.read();
    await flows.recover();
  };
  const resumeFlows = async () => {
    const again = await completion.resume();
    if (again !== undefined && isStarted) resumption.set(again);
  };
  const putOff = (error: unknown) => log.warn({ err: error, action: 'recover' }, 'The connection is recovered later.');
  /** What needs the secret store: done at the start, and whenever the store answers again. What needs Upwork goes on by itself. */
  const recover = async () => {
    recovering ??= readSecrets().catch(putOff);
    await recovering;
    recovering = undefined;
    if (!isStarted) return;
    board.settle();
    resumeFlows().catch(putOff);
    void upkeep.begin();
  };
  const healthChanged = () => {
    board.settle();
    if (isStarted && watch.health().available) void recover();
  };

  return {
    tokens,
    observer: createObserver({ ...deps, board, tokens }),
    redirectUri: settings.redirectUri,
    status: createPlatformStatus({ db, board, flows, flowRows, publicUrl: settings.publicUrl }),
    connect: flows.connect,
    complete: async (parameters, browserNonce) => {
      const result = await completion.complete(parameters, browserNonce);
      upkeep.reconsider();
      return result;
    },
    flow: flows.flow,
    cancelFlow: flows.cancelFlow,
    check: check.check,
    disconnect: createDisconnect({ board, shelf, oauth: deps.oauth, purge: deps.purgePlatformData }),
    isUsable: () => usable.includes(board.shown().status),
    onStatusChange: board.listen,
    liftRestriction: () => board.change(() => ({ row: { restrictedAt: null } })),
    start: async () => {
      await watch.start();
      isStarted = true;
      board.settle();
      if (watch.health().available) await recover();
    },
    close: async () => {
      isStarted = false;
      for (const part of [watch, board, flows]) part.close();
      resumption.off();
      const underWay = [recovering, completion.idle(), tokens.close(), upkeep.close()];
      await Promise.race([Promise.allSettled(underWay), clock.sleep(closingMs)]);
    },
  };
}
