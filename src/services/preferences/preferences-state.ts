import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Database } from '../database/model.ts';
import type { PreferencesValues } from './in-force.ts';

/** What the database keeps of the preferences. */
export interface StoredState {
  readonly version: number;
  readonly updatedAt: Date;
  /** The file's text when it was last fine: in force while the file is not. */
  readonly source: string;
}

/** Version and source of the preferences in force, shared by all processes on the database. */
export interface PreferencesState {
  read(): StoredState | undefined;
  /** Puts values in force: the version grows when they say something else than the stored ones, not when merely their text changed. */
  put(values: PreferencesValues, source: string): StoredState;
}

/** The state of one platform. */
export function createPreferencesState(db: Database, clock: Pick<Clock, 'now'>, platform: string): PreferencesState {
  const select = db.sql.prepare(
    'SELECT version, fingerprint, updated_at AS updatedAt, source FROM preferences_state WHERE platform = ?',
  );
  const write = db.sql.prepare(
    `INSERT INTO preferences_state (platform, version, fingerprint, updated_at, source) VALUES (@platform, @version, @fingerprint, @updatedAt, @source)
     ON CONFLICT (platform) DO UPDATE SET version = excluded.version, fingerprint = excluded.fingerprint, updated_at = excluded.updated_at, source = excluded.source`,
  );
  const read = () =>
    select.get(platform) as { version: number; fingerprint: string; updatedAt: number; source: string } | undefined;
  return {
    read: () => {
      const row = read();
      return row && { version: row.version, updatedAt: new Date(row.updatedAt), source: row.source };
    },
    put: (values, source) =>
      db.transaction(() => {
        const row = read();
        const fingerprint = fingerprintOf(values);
        const isSame = row?.fingerprint === fingerprint;
        const version = isSame ? row.version : (row?.version ?? 0) + 1;
        const updatedAt = isSame ? row.updatedAt : clock.now().getTime();
        if (!isSame || row.source !== source) write.run({ platform, version, fingerprint, updatedAt, source });
        return { version, updatedAt: new Date(updatedAt), source };
      }),
  };
}

/** The same for the same content, whatever the text it was read from. */
export function fingerprintOf(values: PreferencesValues): string {
  const {
    enabled,
    intervalMs,
    quietHours,
    criteria,
    scanEverything,
    maxResultsPerScan,
    requestsPerDay,
    connectsPerDay,
    connectsWarning,
    scoreWeights,
    serviceFee,
  } = values;
  const parts = {
    enabled,
    intervalMs,
    quietHours,
    maxResultsPerScan,
    requestsPerDay,
    connectsPerDay,
    connectsWarning,
    scoreWeights,
    serviceFee,
    // Left out where it is not set, so that what was stored before there was such a key keeps its version.
    ...(scanEverything && { scanEverything }),
  };
  const wishes = Object.entries(criteria).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([parts, wishes]))
    .digest('hex');
}
