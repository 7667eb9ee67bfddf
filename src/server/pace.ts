import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Context } from '../schema/context.ts';

/** Operations work for so long before requests, sockets and timers get their turn. One read may be longer. */
const sliceMs = 8;

/**
 * One pace for all operations of a server: together they hold the loop no longer than one of them would (issue 11,
 * point 1). Who waits goes on in the order in which it came.
 */
export function createPace(clock: Pick<Clock, 'monotonic'>): Context['pace'] {
  let began: number | undefined;
  let turn: Promise<void> | undefined;
  return () => {
    if (began === undefined) {
      began = clock.monotonic();
      // The first one may come in the same round of the loop; sockets and timers are looked after between the two.
      turn = nextTurn()
        .then(() => nextTurn())
        .then(() => {
          began = undefined;
        });
    }
    return clock.monotonic() - began < sliceMs ? undefined : turn;
  };
}
