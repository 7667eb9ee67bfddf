import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Following } from './following.ts';

/** Pauses between readings back of one attempt, then the last one again and again. */
const pausesMs = [15_000, 60_000, 180_000, 360_000, 900_000];

/** Reads back attempts whose outcome is not known until they are settled. */
export interface Settling {
  later(proposalId: string): void;
  /** Ends all waiting; attempts stay open and are taken up at the next start. */
  close(): void;
}

/** Nothing waits yet. */
export function createSettling(following: Pick<Following, 'settle'>, clock: Pick<Clock, 'after'>, log: Log): Settling {
  const waiting = new Map<string, () => void>();
  let isClosed = false;
  const later = (proposalId: string, round: number) => {
    if (isClosed || (round === 0 && waiting.has(proposalId))) return;
    const pause = pausesMs[Math.min(round, pausesMs.length - 1)] ?? 0;
    waiting.set(
      proposalId,
      clock.after(pause, () => {
        following
          .settle(proposalId)
          .catch((error: unknown) => {
            log.warn({ err: error, id: proposalId }, 'A proposal whose outcome is unknown could not be read back');
            return false;
          })
          .then((isSettled) => {
            if (isSettled) waiting.delete(proposalId);
            else later(proposalId, round + 1);
          });
      }),
    );
  };
  return {
    later: (proposalId) => later(proposalId, 0),
    close: () => {
      isClosed = true;
      for (const cancel of waiting.values()) cancel();
      waiting.clear();
    },
  };
}
