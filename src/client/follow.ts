import { createClient, type SubscribePayload } from 'graphql-ws/client';
import { NoServerError, type ResponseError, ServerRefusedError } from './errors.ts';
import { isPersistedDocumentRequired, persistedRequest } from './request.ts';

/** What every subscription selects of its events. */
export interface FollowedEvent {
  id: string;
  cursor: string;
}

/** How to follow. */
export interface FollowOptions {
  /** Cursor of the last event already known; without one the events from now on. */
  after?: string | undefined;
  /** Ends the iteration (without an error) and the connection. */
  signal?: AbortSignal | undefined;
  /** Told when the connection is lost, before it is tried again. */
  onInterruption?: (() => void) | undefined;
}

/** What one subscription runs over. `mode.persisted` is shared with the client: once learnt, kept. */
export interface Line {
  url: () => string;
  token: string | undefined;
  WebSocket: unknown;
  sleep: (delayMs: number) => Promise<void>;
  mode: { persisted: boolean };
}

type Ending = { again: boolean; quietly?: boolean; resumeAfter?: string; error?: Error };

const keepAliveMs = 15_000;
const pongTimeoutMs = 10_000;
const acknowledgementTimeoutMs = 10_000;
const longestPauseMs = 5_000;
/** Ids kept to drop what a resumption delivers twice: the server repeats at most what was on its way. */
const idsRemembered = 10_000;
/** Closings that another attempt would only repeat (graphql-transport-ws; 4004 and 4005 are the client library's own). */
const finalCloseCodes = new Set([4004, 4005, 4400, 4401, 4403, 4406, 4409, 4429]);

/** Follows one subscription; see `ProspectorClient.follow`. An explicit iterator: `return()` acts at once, also while waiting. */
export function follow<Event extends FollowedEvent>(
  line: Line,
  text: string,
  variables: object,
  options: FollowOptions,
): AsyncIterableIterator<Event> {
  const ready: Event[] = [];
  const seen = new Set<string>();
  let waiting: PromiseWithResolversOf<IteratorResult<Event>> | undefined;
  let failure: Error | undefined;
  let started = false;
  let ended = false;
  let everConnected = false;
  let cursor = options.after;
  let attempt = 0;
  let hangUp = () => {};

  function end(error?: Error): void {
    if (ended) return;
    ended = true;
    failure = error;
    options.signal?.removeEventListener('abort', stop);
    hangUp();
    if (waiting && failure) waiting.reject(takeFailure());
    else waiting?.resolve({ done: true, value: undefined });
    waiting = undefined;
  }
  const stop = () => end();

  function takeFailure(): Error | undefined {
    const error = failure;
    failure = undefined;
    return error;
  }

  function deliver(event: Event): void {
    if (ended) return;
    cursor = event.cursor;
    attempt = 0;
    if (seen.has(event.id)) return;
    seen.add(event.id);
    if (seen.size > idsRemembered) for (const oldest of seen) if (seen.delete(oldest)) break;
    if (waiting) waiting.resolve({ done: false, value: event });
    else ready.push(event);
    waiting = undefined;
  }

  async function run(): Promise<void> {
    while (!ended) {
      const ending = await listen();
      if (ended) return;
      if (!ending.again) return end(ending.error);
      cursor = ending.resumeAfter ?? cursor;
      if (ending.quietly) continue;
      options.onInterruption?.();
      await line.sleep(Math.min(longestPauseMs, 250 * 2 ** attempt));
      attempt += 1;
    }
  }

  async function listen(): Promise<Ending> {
    let url: string;
    try {
      url = line.url();
    } catch (error) {
      // While the server restarts nobody may know where it will be.
      return { again: everConnected, error: error as Error };
    }
    const all = { ...variables, ...(cursor === undefined ? {} : { after: cursor }) };
    const payload = line.mode.persisted
      ? { query: '', ...(await persistedRequest(text, all)) }
      : { query: text, variables: all };
    if (ended) return { again: false };
    return new Promise((resolve) => {
      let pongTimer: ReturnType<typeof setTimeout> | undefined;
      let finished = false;
      const finish = (ending: Ending) => {
        // A socket closes after its subscription has ended; by then the next one may be listening.
        if (finished) return;
        finished = true;
        clearTimeout(pongTimer);
        hangUp = () => {};
        resolve(ending);
        unsubscribe();
      };
      const client = createClient({
        url,
        webSocketImpl: line.WebSocket,
        ...(line.token ? { connectionParams: { Authorization: `Bearer ${line.token}` } } : {}),
        retryAttempts: 0,
        keepAlive: keepAliveMs,
        connectionAckWaitTimeout: acknowledgementTimeoutMs,
        on: {
          connected: () => {
            everConnected = true;
          },
          // Before `closed`, which does not say why an upgrade was refused.
          error: (problem) => finish(judgeClosing(problem, everConnected, url)),
          // Told before the library's own retry after 1000, which would ask again from the old cursor.
          closed: (event) => finish(judgeClosing(event, everConnected, url)),
          ping: (received) => {
            if (!received && !finished) pongTimer = setTimeout(() => client.terminate(), pongTimeoutMs);
          },
          pong: (received) => {
            if (received) clearTimeout(pongTimer);
          },
        },
      });
      let unsubscribe = () => {};
      unsubscribe = client.subscribe(payload as SubscribePayload, {
        next: ({ data, errors }) => {
          if (errors?.length) return finish(judgeErrors(errors as readonly ResponseError[], line.mode));
          const [event] = Object.values(data ?? {});
          if (event) deliver(event as Event);
        },
        error: (problem) =>
          finish(Array.isArray(problem) ? judgeErrors(problem, line.mode) : judgeClosing(problem, everConnected, url)),
        complete: () => finish({ again: true }),
      });
      hangUp = () => finish({ again: false });
    });
  }

  return {
    next() {
      if (!started) {
        started = true;
        if (options.signal?.aborted) end();
        options.signal?.addEventListener('abort', stop, { once: true });
        run().catch((error: Error) => end(error));
      }
      const event = ready.shift();
      if (event) return Promise.resolve({ done: false, value: event });
      if (failure) return Promise.reject(takeFailure());
      if (ended) return Promise.resolve({ done: true, value: undefined });
      waiting = withResolvers();
      return waiting.promise;
    },
    return() {
      ready.length = 0;
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function judgeErrors(errors: readonly ResponseError[], mode: Line['mode']): Ending {
  if (!mode.persisted && errors.some(isPersistedDocumentRequired)) {
    mode.persisted = true;
    return { again: true, quietly: true };
  }
  const error = ServerRefusedError.from(errors);
  if (error.code === 'CURSOR_LAGGED') {
    const resumeAfter = error.extensions['cursor'];
    return { again: true, ...(typeof resumeAfter === 'string' ? { resumeAfter } : {}) };
  }
  return { again: error.code === 'SERVICE_UNAVAILABLE', error };
}

function judgeClosing(problem: unknown, everConnected: boolean, url: string): Ending {
  const { code, message } = (problem ?? {}) as { code?: number; message?: string };
  if (code === 4401 || code === 4403 || /server response: 40[13]/.test(message ?? '')) {
    return { again: false, error: new ServerRefusedError('UNAUTHENTICATED', 'The server does not accept the token.') };
  }
  if (code !== undefined && finalCloseCodes.has(code)) {
    return {
      again: false,
      error: new ServerRefusedError('UNEXPECTED_ANSWER', `The server ended the connection (${code}).`),
    };
  }
  const answered = everConnected || code === 1013;
  return { again: answered, error: new NoServerError(url.replace(/^ws/, 'http'), { cause: problem }) };
}

type PromiseWithResolversOf<Value> = {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
};

function withResolvers<Value>(): PromiseWithResolversOf<Value> {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
