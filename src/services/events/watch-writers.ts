import type { Clock } from '../../clock.ts';
import type { Database } from '../database/model.ts';

/** How late followers may learn of what another process has written. Looking costs microseconds: SQLite compares a counter. */
const everyMs = 500;

/**
 * Calls `changed` when another process has written into the database: `PRAGMA data_version` changes for writes of other connections alone. Returns how
 * to stop.
 */
export function watchWriters({ sql }: Database, clock: Pick<Clock, 'after'>, changed: () => void): () => void {
  const version = () => sql.pragma('data_version', { simple: true }) as number;
  let seen = version();
  let cancel = () => {};
  const look = () => {
    const now = version();
    if (now !== seen) {
      seen = now;
      changed();
    }
    cancel = clock.after(everyMs, look);
  };
  cancel = clock.after(everyMs, look);
  return () => cancel();
}
