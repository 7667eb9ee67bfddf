import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Fetch } from '../../../network.ts';
import type { Random } from '../../../random.ts';
import type { Budget } from '../../budget/model.ts';
import { askWithout } from '../losses/losses.ts';
import {
  type AccessToken,
  type AnswerObserver,
  type TokenSource,
  type UpworkApi,
  UpworkError,
  type UpworkLosses,
  unsent,
} from '../model.ts';
import { type Failure, judgeAnswer, type Success } from './judge-answer.ts';
import { sendRequest } from './send-request.ts';

/** RELIABILITY F94, F95. */
const limits = { headerMs: 15_000, idleMs: 15_000, totalMs: 60_000, bytes: 10_000_000 };
const mostRetries = 3;
const firstBackOffMs = 1_000;

/** What a call to Upwork needs. */
export interface UpworkApiDeps {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly log: Log;
  readonly graphqlUrl: string;
  readonly tokens: TokenSource;
  readonly budget: Pick<Budget, 'take' | 'throttled' | 'eased'>;
  /** Hears of every call that was let through, but not of one that was cancelled or got no token: the source of tokens knows of that. */
  readonly observer: AnswerObserver;
  readonly losses: UpworkLosses;
  readonly userAgent: string;
}

type Operation = Parameters<UpworkApi['request']>[0];
type Options = Parameters<UpworkApi['request']>[2];

/**
 * The one door to Upwork's GraphQL endpoint. Every attempt passes the budget. A query is retried at most three times; a mutation never, but after a
 * 401, which says that it has not been applied (RFC 9110 §15.5.2).
 */
export function createUpworkApi(deps: UpworkApiDeps): UpworkApi {
  const { clock, random, log, tokens, budget, observer, losses } = deps;
  let sent = 0;

  const attempt = async (
    operation: Operation,
    variables: Record<string, unknown>,
    token: AccessToken,
    options: Options,
  ) => {
    const { purpose, signal } = options;
    await budget.take(purpose, signal).catch((refused: unknown) => {
      throw unsent(refused);
    });
    sent += 1;
    const startedAt = clock.monotonic();
    const outcome = judgeAnswer(
      await sendRequest(deps, deps.graphqlUrl, requestOf(operation, variables, token, deps.userAgent), limits, signal),
      clock.now(),
    );
    const durationMs = Math.round(clock.monotonic() - startedAt);
    log.debug({ operation: operation.name, purpose, durationMs, ...told(outcome) }, 'Upwork has been asked.');
    if (!('error' in outcome) || (outcome.error.httpStatus === 200 && outcome.remedy !== 'pause')) budget.eased();
    return outcome;
  };

  /** Throws unless another try makes sense, and waits for its time. */
  const prepareRetry = async ({ error, remedy }: Failure, operation: Operation, retry: number, { signal }: Options) => {
    if (remedy === 'pause') {
      const until = budget.throttled(error.retryAfterMs);
      if (operation.kind === 'mutation' || retry > mostRetries) throw withPause(error, until, clock.now());
      return;
    }
    if (remedy !== 'back_off' || operation.kind === 'mutation' || retry > mostRetries) throw error;
    const delayMs = Math.round(firstBackOffMs * 2 ** (retry - 1) * (0.5 + random.fraction()));
    log.warn({ operation: operation.name, attempt: retry, delayMs, ...told({ error, remedy }) }, error.message);
    await clock.sleep(delayMs, signal).catch(() => {
      throw cancelled();
    });
  };

  const run = async (operation: Operation, variables: Record<string, unknown>, options: Options): Promise<Success> => {
    let token = await source(tokens.token());
    let isReplaced = false;
    let pause: UpworkError | undefined;
    for (let retry = 1; ; ) {
      if (options.signal?.aborted) throw cancelled();
      const outcome = await attempt(operation, variables, token, options).catch((refused: UpworkError) => {
        // The budget would wait too long after a 429: the 429 itself says more.
        throw pause && refused.code === 'rate_limited' ? withRetryAfter(pause, refused.retryAfterMs) : refused;
      });
      if (!('error' in outcome)) return outcome;
      const { error, remedy } = outcome;
      if (remedy === 'token' && !isReplaced && (operation.kind === 'query' || error.httpStatus === 401)) {
        isReplaced = true;
        token = await source(tokens.replace(token));
        continue;
      }
      await prepareRetry(outcome, operation, retry, options);
      pause = remedy === 'pause' ? error : undefined;
      retry += 1;
    }
  };

  return {
    request: async (operation, variables, options) => {
      try {
        const success = await askWithout(losses, operation, variables, (leaner, values) =>
          run(leaner, values, options),
        );
        observer.answered();
        return success;
      } catch (error) {
        if (error instanceof TokenFailure) throw unsent(error.reason);
        if (error instanceof UpworkError && error.code !== 'cancelled') observer.failed(error);
        throw error;
      }
    },
    sent: () => sent,
  };
}

/** Marks what the source of tokens threw. */
class TokenFailure extends Error {
  readonly reason: unknown;
  constructor(reason: unknown) {
    super('There is no token.');
    this.reason = reason;
  }
}

async function source(token: Promise<AccessToken>): Promise<AccessToken> {
  return token.catch((reason: unknown) => {
    throw new TokenFailure(reason);
  });
}

/** FACTS §3: body, bearer, and the organization it works for. */
function requestOf(
  { document }: Operation,
  variables: Record<string, unknown>,
  { value, tenantId }: AccessToken,
  userAgent: string,
) {
  return {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${value}`,
      'content-type': 'application/json',
      'user-agent': userAgent,
      ...(tenantId !== undefined && { 'X-Upwork-API-TenantId': tenantId }),
    },
    body: JSON.stringify({ query: document, variables }),
  };
}

function told(outcome: Success | Failure): Record<string, unknown> {
  if (!('error' in outcome)) return { errors: outcome.fieldErrors.length };
  const { code, httpStatus, requestId } = outcome.error;
  return { code, ...(httpStatus && { httpStatus }), ...(requestId && { requestId }) };
}

function withPause(error: UpworkError, until: Date, now: Date): UpworkError {
  return withRetryAfter(error, Math.max(0, until.getTime() - now.getTime()));
}

function withRetryAfter(
  { code, message, httpStatus, requestId, isUnsent }: UpworkError,
  retryAfterMs: number | undefined,
) {
  return new UpworkError(code, message, {
    isUnsent: isUnsent === true,
    ...(httpStatus !== undefined && { httpStatus }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function cancelled(): UpworkError {
  return new UpworkError('cancelled', 'The call to Upwork was cancelled.');
}
