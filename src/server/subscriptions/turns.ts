import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';

/** Lets many do a piece of work each, in the order they came, without keeping the loop to themselves. */
export interface Turns {
  /** Does `work` when it is its turn. Rejects with what it throws. */
  run<Result>(work: () => Result | PromiseLike<Result>): Promise<Result>;
}

/** Work goes on for so long before requests, sockets and timers get their turn. Pieces should be far shorter. */
const sliceMs = 8;

/** Turns for all subscriptions of a server together: a thousand of them hold it up no longer than one. */
export function createTurns(clock: Pick<Clock, 'monotonic'>): Turns {
  const waiting: (() => Promise<unknown>)[] = [];
  let isRunning = false;

  const go = async () => {
    isRunning = true;
    await nextTurn();
    let ends = clock.monotonic() + sliceMs;
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      // One that has to wait for something else is not waited for.
      await Promise.race([work(), nextTurn()]);
      if (clock.monotonic() < ends) continue;
      await nextTurn();
      ends = clock.monotonic() + sliceMs;
    }
    isRunning = false;
  };

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        waiting.push(async () => {
          try {
            resolve(await work());
          } catch (error) {
            reject(error);
          }
        });
        if (!isRunning) void go();
      }),
  };
}
