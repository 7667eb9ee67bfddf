/** What the control port shows of the clock. */
export interface ClockState {
  /** World time, ISO 8601 with milliseconds. */
  now: string;
  /** False: world time stands still until it is set or advanced. */
  running: boolean;
}

/** How the clock may be moved; `set` is applied before `advanceMs`. */
export interface ClockChange {
  set?: string;
  advanceMs?: number;
  running?: boolean;
}

/** World time. Postings, tokens, proposals and contracts follow it; sockets live in real time. */
export interface WorldClock {
  /** Milliseconds since 1970 in the world. */
  now(): number;
  /** Moves the clock. Throws on an unreadable date or a number that is not finite. */
  change(change: ClockChange): ClockState;
}

/** A clock that starts at `start` (default: now) and, while `running`, goes at the speed of the real one. */
export function createClock(start?: Date, running = true): WorldClock {
  let isRunning = running;
  let base = start?.getTime() ?? Date.now();
  let since = Date.now();
  const now = () => base + (isRunning ? Date.now() - since : 0);
  return {
    now,
    change: ({ set, advanceMs = 0, running: wanted = isRunning }) => {
      const target = (set === undefined ? now() : Date.parse(set)) + advanceMs;
      if (!Number.isFinite(target))
        throw new Error('The clock needs an ISO 8601 date in set or a number in advanceMs.');
      base = target;
      since = Date.now();
      isRunning = wanted;
      return { now: new Date(now()).toISOString(), running: isRunning };
    },
  };
}

/** A date as Upwork writes it: seconds, and an offset without a colon (FACTS §5). */
export function upworkDate(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, '+0000');
}
