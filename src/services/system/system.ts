import type { Clock } from '../../clock.ts';
import type { ConnectionService } from '../connection/model.ts';
import type { Database } from '../database/model.ts';
import type { PreferencesService } from '../preferences/model.ts';
import type { SecretStore } from '../secrets/model.ts';
import type { Sentinel } from '../sentinel/model.ts';
import type { HealthCheck, HealthState, SystemService } from './model.ts';

/** What the system's report is made of. */
export interface SystemDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly connection: Pick<ConnectionService, 'status'>;
  readonly preferences: Pick<PreferencesService, 'problems'>;
  readonly sentinel: Pick<Sentinel, 'lost' | 'incidents'>;
  readonly version: string;
  readonly retentionMs: number;
}

/** How the parts are. Messages name causes and remedies, never secrets. */
export function createSystem({
  db,
  clock,
  secrets,
  connection,
  preferences,
  sentinel,
  version,
  retentionMs,
}: SystemDeps): SystemService {
  const probe = db.sql.prepare("SELECT value FROM meta WHERE key = 'store_id'").pluck();
  const healthOf = async (
    name: string,
    look: () => Promise<[HealthState, string?]> | [HealthState, string?],
  ): Promise<HealthCheck> => {
    const started = clock.monotonic();
    const [state, message] = await look();
    return {
      name,
      state,
      latencyMs: clock.monotonic() - started,
      checkedAt: clock.now(),
      ...(message !== undefined && { message }),
    };
  };
  const database = () =>
    healthOf('database', () => {
      try {
        return probe.get() === db.storeId
          ? ['UP']
          : ['DOWN', 'The database file is not the one that was opened. Start Prospector again.'];
      } catch {
        return ['DOWN', 'The database does not answer. Look at the log, check the disk, start Prospector again.'];
      }
    });
  const secretStore = () =>
    healthOf('secretStore', async () => {
      const health = await secrets.check();
      return health.available ? ['UP'] : ['DOWN', `${health.message} ${health.nextAction}`];
    });
  const platform = () =>
    healthOf('platform', () => {
      const { status, message } = connection.status();
      return status === 'CONNECTED' ? ['UP'] : ['DEGRADED', message];
    });
  const configuration = () =>
    healthOf('preferences', () => {
      const problems = preferences.problems();
      return problems.length === 0 ? ['UP'] : ['DEGRADED', problems.join(' ')];
    });
  const platformData = () =>
    healthOf('platformData', () => {
      const lost = sentinel.lost().map(({ path }) => `Upwork no longer knows \`${path}\`; it is asked without it.`);
      const told = [...lost, ...sentinel.incidents().map(({ message }) => message)];
      return told.length === 0 ? ['UP'] : ['DEGRADED', told.join(' ')];
    });
  return {
    version,
    startedAt: clock.now(),
    retentionMs,
    checks: () => Promise.all([database(), secretStore(), platform(), configuration(), platformData()]),
    dataVersion: db.dataVersion,
    isReady: async () => (await Promise.all([database(), secretStore()])).every(({ state }) => state === 'UP'),
  };
}
