import type { Clock } from '../../clock.ts';
import { RefusedError } from '../failures/model.ts';
import type { Bell } from './bell.ts';
import type { EventLog, FollowedEvent, FollowOptions, LoggedEvent } from './model.ts';

/** Rows read ahead at most. */
const pageSize = 100;
/** A consumer that leaves an event waiting this long is told to come back (RELIABILITY §2b). */
const lagMs = 30_000;

interface Source {
  readonly read: EventLog['read'];
  readonly position: EventLog['position'];
  readonly newestSeq: () => number;
  readonly cursorAt: (seq: number) => string;
  readonly bell: Bell;
  readonly clock: Pick<Clock, 'after'>;
}

type Step = IteratorResult<FollowedEvent, undefined>;
const done: Step = { done: true, value: undefined };

/**
 * The tail of the log as a pull iterator: reads rows after its position, hands them out one at a time, then waits for the bell. An explicit
 * iterator, because `return()` of an async generator queues behind a `next()` that waits (HOUSE §7.4).
 */
export function followLog(source: Source, options: FollowOptions): AsyncIterableIterator<FollowedEvent> {
  const start = options.after === undefined ? source.newestSeq() : source.position(options.after);
  const liveFrom = source.newestSeq();
  let position = start;
  let page: LoggedEvent[] = [];
  let ended = false;
  let lagged: RefusedError | undefined;
  let delivered = source.cursorAt(start);
  let waiting: { resolve: (step: Step) => void; reject: (error: unknown) => void } | undefined;
  let stopLagTimer: (() => void) | undefined;

  const nextEvent = (): LoggedEvent | undefined => {
    for (;;) {
      const event = page.shift();
      if (event) {
        if (!options.matches || options.matches(event)) return event;
        continue;
      }
      // Read before the end is noted: an event written in between has a higher seq and is found by the next read.
      const end = source.newestSeq();
      page = source.read({ ...(options.types && { types: options.types }), after: position, limit: pageSize });
      if (page.length === 0) {
        position = Math.max(position, end);
        return undefined;
      }
      position = page.at(-1)?.seq ?? position;
    }
  };

  const watchForLag = () => {
    stopLagTimer ??= source.clock.after(lagMs, () => {
      lagged = new RefusedError(
        'CURSOR_LAGGED',
        'This subscription was not read for 30 s. Subscribe again with `after` set to `cursor`.',
        { cursor: delivered },
      );
      close();
      options.onLag?.();
    });
  };

  const close = () => {
    if (ended) return;
    ended = true;
    page = [];
    unlisten();
    stopLagTimer?.();
    options.signal?.removeEventListener('abort', close);
    waiting?.resolve(done);
    waiting = undefined;
  };

  const take = (): Step | undefined => {
    const event = nextEvent();
    if (!event) return undefined;
    delivered = event.cursor;
    return { done: false, value: { ...event, replayed: event.seq <= liveFrom } };
  };

  const unlisten = source.bell.listen(() => {
    if (!waiting) return watchForLag();
    const { resolve, reject } = waiting;
    try {
      const step = take();
      if (!step) return;
      waiting = undefined;
      resolve(step);
    } catch (error) {
      waiting = undefined;
      close();
      reject(error);
    }
  });
  if (options.signal?.aborted) close();
  else options.signal?.addEventListener('abort', close, { once: true });

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => {
      stopLagTimer?.();
      stopLagTimer = undefined;
      if (lagged) {
        const error = lagged;
        lagged = undefined;
        return Promise.reject(error);
      }
      if (ended) return Promise.resolve(done);
      if (waiting) return Promise.reject(new Error('next() was called while another next() waits.'));
      try {
        const step = take();
        if (step) {
          if (page.length > 0) watchForLag();
          return Promise.resolve(step);
        }
      } catch (error) {
        close();
        return Promise.reject(error);
      }
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    return: () => {
      close();
      return Promise.resolve(done);
    },
  };
}
