import type { ExecutionResult } from 'graphql';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../limits.ts';
import { refusal } from '../refusal/refusal.ts';

/**
 * What `work` gives, or an error once `executionMs` are over or its client has gone; `abort` tells whoever still works
 * that nobody waits. Results that come too late are let go (F114).
 */
export async function withDeadline<Result extends object>(
  work: () => Result | PromiseLike<Result>,
  { clock, limits }: { readonly clock: Pick<Clock, 'after'>; readonly limits: Pick<Limits, 'executionMs'> },
  abort: AbortController,
): Promise<Result | ExecutionResult> {
  const { signal } = abort;
  let finish: (result: ExecutionResult) => void = () => undefined;
  const stopped = new Promise<ExecutionResult>((resolve) => {
    finish = resolve;
  });
  const onAbort = () => finish({ errors: [tookTooLong(limits.executionMs)] });
  const cancel = clock.after(limits.executionMs, () => abort.abort());
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  const working = Promise.resolve().then(work);
  try {
    const result = await Promise.race([working, stopped]);
    if (signal.aborted) working.then(letGo, () => undefined);
    return result;
  } finally {
    cancel();
    signal.removeEventListener('abort', onAbort);
  }
}

function letGo(result: object): void {
  if (Symbol.asyncIterator in result) {
    const late = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    Promise.resolve(late.return?.()).catch(() => undefined);
  }
}

function tookTooLong(executionMs: number) {
  return refusal(
    'SERVICE_UNAVAILABLE',
    `The operation was stopped after ${executionMs / 1_000} s. Ask for less at a time, or try again later.`,
    { status: 503 },
  );
}
