import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
} from 'graphql';
import type { Clock } from '../../clock.ts';
import type { Viewer } from '../../services/access/model.ts';
import type { Api } from '../options.ts';
import { createSharedResults, type Delivered } from './shared-results.ts';
import { createTurns } from './turns.ts';

/** What feeds are made of. */
export interface FeedDeps {
  readonly api: Pick<Api, 'paid'> & { readonly schema: GraphQLSchema };
  /** Charges a token; returns after how many ms it owes nothing any more. */
  readonly charge: (tokenId: string, points: number) => number;
  readonly clock: Clock;
  /** Changes with every write into the database. */
  readonly dataVersion: () => string;
}

/** Subscriptions as the server runs them. */
export type Feeds = ReturnType<typeof createFeeds>;

/**
 * A token that owes gets an event this often all the same: sooner than the log would tell its reader that it lags (30
 * s), so that a feed slows down and does not end.
 */
const slowestMs = 20_000;

/**
 * Runs subscriptions event by event: each has its turn among all, so that a replay holds nobody up (issue 11, point 2),
 * is worked out once for all who asked for the same, and is charged to its token when it is delivered (issue 19, letter
 * K). A token without points gets its events later, in order; nothing is left out.
 */
export function createFeeds({ api, charge, clock, dataVersion }: FeedDeps) {
  const turns = createTurns(clock);
  const shared = createSharedResults(dataVersion);

  return {
    /**
     * The results of a subscription, or the errors it is refused with. `signal` ends waiting for points; the iterator's
     * `return()` lets go of the source.
     */
    open: async (
      args: ExecutionArgs,
      { viewer, signal }: { readonly viewer: Viewer; readonly signal: AbortSignal },
    ): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> => {
      const source = await turns.run(() => createSourceEventStream(args));
      if (!(Symbol.asyncIterator in source)) return source;
      const events = (source as AsyncIterable<Delivered>)[Symbol.asyncIterator]();
      const resultOf = shared.of({ args, scopes: viewer.scopes });
      const asked = {
        document: args.document,
        operationName: args.operationName ?? undefined,
        variables: args.variableValues ?? undefined,
      };
      let owesMs = 0;
      const feed: AsyncIterableIterator<ExecutionResult> = {
        [Symbol.asyncIterator]() {
          return this;
        },
        next: async () => {
          if (owesMs > 0) await clock.sleep(Math.min(owesMs, slowestMs), signal);
          const step = await events.next();
          if (step.done) return { done: true, value: undefined };
          const work = async () => execute({ ...args, rootValue: step.value });
          const result = await turns.run(() => resultOf(step.value, work));
          owesMs = charge(viewer.apiToken.id, api.paid(asked, result.data));
          return { done: false, value: result };
        },
        return: async () => {
          await events.return?.();
          return { done: true, value: undefined };
        },
      };
      return feed;
    },
  };
}
