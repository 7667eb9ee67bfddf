import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database, Lease, Leases } from './model.ts';

/** Leases of this process on this database (RELIABILITY §2a, §2d). Wall-clock time decides, since processes share no other clock. */
export function createLeases(db: Database, clock: Pick<Clock, 'now'>, random: Pick<Random, 'bytes'>): Leases {
  const owner = random.bytes(8).toString('hex');
  const take = db.sql
    .prepare(
      `INSERT INTO leases (name, owner, epoch, until) VALUES (@name, @owner, 1, @until)
       ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, epoch = epoch + 1, until = excluded.until WHERE until <= @now
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
      const epoch = take.get({ name, owner, now: nowMs(), until: nowMs() + ttlMs }) as number | undefined;
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
