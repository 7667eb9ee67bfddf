import type { Clock } from '../../clock.ts';
import type { Database, Lease } from '../database/model.ts';

/** Name of the lease under which one scan at a time runs, among all processes on a database. */
export const scanLease = 'scan:upwork';
/** It ends this long after the last sign of life of its holder (RELIABILITY §2d). */
export const leaseMs = 15_000;
const beatMs = leaseMs / 3;

/** Another process has taken the scan's place: nothing of this one may be written any more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  constructor() {
    super('Another process has taken over scanning.');
  }
}

/** Runs `work` in a transaction that commits only while the lease is held (F87). @throws LeaseLostError */
export function fenced<Result>(
  db: Database,
  lease: Pick<Lease, 'isHeld'>,
  work: () => Result extends Promise<unknown> ? never : Result,
): Result {
  return db.transaction<Result>(() => {
    if (!lease.isHeld()) throw new LeaseLostError();
    return work();
  });
}

/** Renews the lease three times in its life, calling `onBeat` after each, `onLost` when it has gone. Returns how to stop. */
export function keepLease(
  clock: Pick<Clock, 'after'>,
  lease: Pick<Lease, 'renew'>,
  { onBeat, onLost }: { onBeat: () => void; onLost: () => void },
): () => void {
  let cancel = clock.after(beatMs, beat);
  function beat(): void {
    if (lease.renew()) {
      cancel = clock.after(beatMs, beat);
      onBeat();
    } else onLost();
  }
  return () => cancel();
}
