import type { Shell } from '../shell.ts';

/** Runs `task` with a signal that aborts at SIGINT or SIGTERM; the process lives until the task has ended. */
export async function untilStopped<Result>(
  shell: Shell,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const stopping = new AbortController();
  const forget = shell.onStop(() => stopping.abort());
  try {
    return await task(stopping.signal);
  } finally {
    forget();
  }
}
