import type { Clock } from '../../clock.ts';
import { hasEnded, processName } from '../../process-life.ts';
import type { Random } from '../../random.ts';
import type { Database, Lease, Leases } from './model.ts';

/**
 * Leases of this process on this database (RELIABILITY §2a, §2d). Wall-clock time decides, since processes share no other clock; but the lease of a
 * process of this machine that has ended is free at once.
 *
 * @param holder the process, as `processName` names it
 */
export function createLeases(
  db: Database,
  clock: Pick<Clock, 'now'>,
  random: Pick<Random, 'bytes'>,
  holder = processName(),
): Leases {
  // One process may have several of these.
  const owner = `${holder}/${random.bytes(8).toString('hex')}`;
  const holderOf = db.sql.prepare('SELECT owner FROM leases WHERE name = ? AND until > ?').pluck();
  const take = db.sql
    .prepare(
      `INSERT INTO leases (name, owner, epoch, until) VALUES (@name, @owner, 1, @until)
       ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, epoch = epoch + 1, until = excluded.until
       WHERE until <= @now OR owner = @ended
       RETURNING epoch`,
    )
    .pluck();
  const isHeld = db.sql.prepare('SELECT 1 FROM leases WHERE name = ? AND owner = ? AND epoch = ?').pluck();
  const renew = db.sql.prepare('UPDATE leases SET until = ? WHERE name = ? AND owner = ? AND epoch = ?');
  // The row stays: its epoch must go on growing.
  const release = db.sql.prepare('UPDATE leases SET until = 0 WHERE name = ? AND owner = ? AND epoch = ?');
  const nowMs = () => clock.now().getTime();
  return {
    take: (name, ttlMs): Lease | undefined => {
      const other = holderOf.get(name, nowMs()) as string | undefined;
      const ended = other !== undefined && hasEnded(other) ? other : null;
      const epoch = take.get({ name, owner, now: nowMs(), until: nowMs() + ttlMs, ended }) as number | undefined;
      if (epoch === undefined) return undefined;
      return {
        epoch,
        isHeld: () => isHeld.get(name, owner, epoch) !== undefined,
        renew: () => renew.run(nowMs() + ttlMs, name, owner, epoch).changes === 1,
        release: () => void release.run(name, owner, epoch),
      };
    },
  };
}
