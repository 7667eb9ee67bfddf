import type { Clock } from '../../clock.ts';

/** A timer that is set anew or switched off: never more than one waits. */
export interface Alarm {
  /** Runs the task once in `delayMs`; an earlier setting is forgotten. */
  set(delayMs: number): void;
  off(): void;
}

/** The alarm for one task. Its owner switches it off in the end. */
export function createAlarm(clock: Pick<Clock, 'after'>, task: () => void): Alarm {
  let cancel: (() => void) | undefined;
  const off = () => {
    cancel?.();
    cancel = undefined;
  };
  return {
    set: (delayMs) => {
      off();
      cancel = clock.after(delayMs, () => {
        cancel = undefined;
        task();
      });
    },
    off,
  };
}
