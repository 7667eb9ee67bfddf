import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../database/model.ts';
import type { UpworkLosses } from '../upwork/model.ts';

/** A row of what is lost; instants in ms. */
export interface LossRow {
  readonly operation: string;
  readonly path: string;
  readonly since: number;
  readonly said: string;
}

const hourMs = 3_600_000;
/** So much at once is rather a bad hour of Upwork's than an API that has changed. */
const manyPaths = 10;
const longestWords = 300;

/** The losses of this database. `changed` is called in the transaction of a change, `told` after it. */
export function createLosses(
  db: Database,
  clock: Pick<Clock, 'now'>,
  log: Log,
  { changed, told }: { readonly changed: () => void; readonly told: () => void },
): UpworkLosses & { all(): LossRow[] } {
  const { sql } = db;
  const all = sql.prepare('SELECT operation, path, since, said FROM upstream_losses ORDER BY since, operation, path');
  const paths = sql.prepare<[string], string>('SELECT path FROM upstream_losses WHERE operation = ?').pluck();
  const probed = sql
    .prepare<[string], number | null>('SELECT min(probed_at) FROM upstream_losses WHERE operation = ?')
    .pluck();
  const put = sql.prepare(
    `INSERT INTO upstream_losses (operation, path, since, probed_at, said) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (operation, path) DO NOTHING`,
  );
  const drop = sql.prepare('DELETE FROM upstream_losses WHERE operation = ? AND path = ?');
  const touch = sql.prepare('UPDATE upstream_losses SET probed_at = ? WHERE operation = ?');
  const nowMs = () => clock.now().getTime();
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

  const losses: UpworkLosses = {
    of: (operation) => paths.all(operation),
    isProbeDue: (operation) => {
      const last = probed.get(operation);
      if (last === null || last === undefined) return false;
      if (dayOf(last) !== dayOf(nowMs())) return true;
      return paths.all(operation).length > manyPaths && Math.abs(nowMs() - last) >= hourMs;
    },
    settle: (operation, lost, said) => {
      const isProbe = losses.isProbeDue(operation);
      const known = paths.all(operation);
      const gone = known.filter((path) => !lost.includes(path));
      const more = lost.filter((path) => !known.includes(path));
      if (gone.length === 0 && more.length === 0 && !isProbe) return;
      db.transaction(() => {
        for (const path of gone) drop.run(operation, path);
        for (const path of more) put.run(operation, path, nowMs(), nowMs(), said.slice(0, longestWords));
        if (isProbe) touch.run(nowMs(), operation);
        if (gone.length + more.length > 0) changed();
      });
      if (more.length > 0) log.warn({ operation, lost: more }, 'Upwork no longer knows a part of a query');
      if (gone.length > 0) log.info({ operation, regained: gone }, 'Upwork knows a part of a query again');
      if (gone.length + more.length > 0) told();
    },
  };
  return { ...losses, all: () => all.all() as LossRow[] };
}
