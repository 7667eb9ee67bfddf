import { type ExecutionResult, GraphQLError } from 'graphql';

type Step = IteratorResult<ExecutionResult, undefined>;
const done: Step = { done: true, value: undefined };

/**
 * The results of one subscription as a transport may read them. Ends at once when `signal` aborts or `return()` is
 * called, also while a result is awaited. A source that fails (CURSOR_LAGGED, a bug) gives one last result with that
 * error instead of a rejection. `onEnd` is called once.
 */
export function createSubscriptionResults(
  source: AsyncIterable<ExecutionResult>,
  { signal, onEnd }: { readonly signal: AbortSignal; readonly onEnd: () => void },
): AsyncIterableIterator<ExecutionResult> {
  const results = source[Symbol.asyncIterator]();
  let ended = false;
  let endWaiting: ((step: Step) => void) | undefined;

  const end = () => {
    if (ended) return;
    ended = true;
    signal.removeEventListener('abort', end);
    endWaiting?.(done);
    // Not awaited: a source that never settles must not hold up whoever ends it.
    Promise.resolve(results.return?.()).catch(() => undefined);
    onEnd();
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });

  const read = async (): Promise<Step> => {
    try {
      const step = (await results.next()) as Step;
      if (step.done) end();
      return ended ? done : step;
    } catch (error) {
      if (ended) return done;
      // The error is the answer of this `next()`; only the next one finds the end.
      endWaiting = undefined;
      end();
      return { done: false, value: { errors: [asGraphQLError(error)] } };
    }
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => {
      if (ended) return Promise.resolve(done);
      const stopped = new Promise<Step>((resolve) => {
        endWaiting = resolve;
      });
      return Promise.race([read(), stopped]);
    },
    return: () => {
      end();
      return Promise.resolve(done);
    },
  };
}

/** What was thrown, as graphql-js has errors; the original stays with it. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}
