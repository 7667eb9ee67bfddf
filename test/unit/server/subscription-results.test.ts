import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import { withDeadline } from '../../../src/server/graphql/deadline.ts';
import { createSubscriptionResults } from '../../../src/server/subscriptions/subscription-results.ts';
import { createTestClock } from '../../support/clock.ts';

const done = { done: true, value: undefined };
const never = () => new Promise<never>(() => {});

/** A source that waits, and notes when it is let go. */
function quietSource(next: () => Promise<IteratorResult<ExecutionResult>> = never) {
  const source = {
    returned: 0,
    next,
    return: () => {
      source.returned += 1;
      return never();
    },
    [Symbol.asyncIterator]: () => source,
  };
  return source;
}

it('Prospector ends a subscription at once when it is told to, also while it waits, and lets its source go once', async () => {
  for (const how of ['return', 'abort'] as const) {
    const source = quietSource();
    const abort = new AbortController();
    let ends = 0;
    const results = createSubscriptionResults(source, {
      signal: abort.signal,
      onEnd: () => {
        ends += 1;
      },
    });
    const waiting = results.next();
    if (how === 'return') await results.return?.();
    else abort.abort();
    await results.return?.();
    expect([await waiting, await results.next(), source.returned, ends]).toEqual([done, done, 1, 1]);
  }
});

it('Prospector gives the failure of a source as its last result', async () => {
  const fault = new Error('lagged');
  const source = quietSource(() => Promise.reject(fault));
  let ends = 0;
  const results = createSubscriptionResults(source, {
    signal: new AbortController().signal,
    onEnd: () => {
      ends += 1;
    },
  });
  const last = await results.next();
  expect([last.done, last.value?.errors?.[0]?.originalError]).toEqual([false, fault]);
  expect([await results.next(), source.returned, ends]).toEqual([done, 1, 1]);
});

it('Prospector has nothing to give where the client has gone before', async () => {
  const abort = new AbortController();
  abort.abort();
  const source = quietSource();
  const results = createSubscriptionResults(source, { signal: abort.signal, onEnd: () => {} });
  expect([await results.next(), source.returned]).toEqual([done, 1]);
});

it('Prospector lets go of a subscription that opens only after its time was up', async () => {
  const clock = createTestClock();
  const source = quietSource();
  let open = (_: object) => {};
  const late = new Promise<object>((resolve) => {
    open = resolve;
  });
  const abort = new AbortController();
  const result = withDeadline(() => late, { clock, limits: { executionMs: 10 } }, abort);
  await clock.advance(10);
  expect(await result).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
  expect(abort.signal.aborted).toBe(true);
  open(source);
  await expect.poll(() => source.returned).toBe(1);
  expect(clock.pending()).toBe(0);
});
