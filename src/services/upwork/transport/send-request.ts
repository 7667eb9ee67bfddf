import type { Clock } from '../../../clock.ts';
import type { Fetch } from '../../../network.ts';

/** How long and how large an answer may be. Milliseconds and decoded bytes. */
export interface RequestLimits {
  /** Until the headers are there. */
  readonly headerMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  readonly totalMs: number;
  readonly bytes: number;
}

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Why there is no whole answer. `not_sent`: the server never saw the request (refused, DNS, TLS); `lost`: the connection broke afterwards, or the body
 * could not be decoded; `too_large`: cut off by us.
 */
export interface Interruption {
  readonly interruption: 'not_sent' | 'lost' | 'timeout' | 'too_large' | 'cancelled';
  /** The system's name for it, such as `ECONNREFUSED`. */
  readonly detail?: string;
  /** Where the headers had arrived. */
  readonly status?: number;
  readonly headers?: Headers;
}

/**
 * Sends one request and reads its answer within limits (RELIABILITY F94, F95). Redirects are not followed: they would carry the credentials along.
 * Never throws, and never tells what was sent: errors of `fetch` may quote headers.
 */
export async function sendRequest(
  network: { fetch: Fetch; clock: Pick<Clock, 'after'> },
  url: string,
  request: { method: string; headers: Record<string, string>; body: NonNullable<RequestInit['body']> },
  limits: RequestLimits,
  signal?: AbortSignal,
): Promise<Answer | Interruption> {
  const watch = startWatch(network.clock, limits, signal);
  let response: Response | undefined;
  try {
    if (watch.ended()) return { interruption: 'cancelled' };
    response = await watch.until(network.fetch(url, { ...request, redirect: 'manual', signal: watch.signal }));
    const { status, headers } = response;
    watch.progress();
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = response.body?.getReader();
    while (reader) {
      const { value } = await watch.until(reader.read());
      if (value === undefined) break;
      size += value.length;
      if (size > limits.bytes) return { interruption: 'too_large', status, headers };
      chunks.push(value);
      watch.progress();
    }
    return { status, headers, body: decode(Buffer.concat(chunks), headers.get('content-type')) };
  } catch (error) {
    const ended = watch.ended();
    const arrived = response && { status: response.status, headers: response.headers };
    if (ended) return { interruption: ended, ...arrived };
    const detail = detailOf(error);
    return {
      interruption: !response && detail !== undefined && neverSent.test(detail) ? 'not_sent' : 'lost',
      ...(detail !== undefined && { detail }),
      ...arrived,
    };
  } finally {
    watch.stop();
  }
}

/** Codes of failures before the first byte: refused, unreachable, DNS, connect timeout, certificate, TLS (RELIABILITY §2a.6). */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|ENETUNREACH|EHOSTUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|EACCES|EPERM|EMFILE|ENFILE|EPROTO|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|HOSTNAME_MISMATCH|INVALID_CA|ERR_TLS_\w+|ERR_SSL_\w+)$/;

function detailOf(error: unknown): string | undefined {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' && /^\w{2,60}$/.test(cause.code) ? cause.code : undefined;
}

/** Text by the charset the answer names; UTF-8 where it names none or one nobody knows. */
function decode(bytes: Buffer, contentType: string | null): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Watches over one request: aborts it when a limit is reached or the caller gives up, and remembers why. */
function startWatch(clock: Pick<Clock, 'after'>, limits: RequestLimits, outer?: AbortSignal) {
  const stop = new AbortController();
  let ended: 'timeout' | 'cancelled' | undefined;
  const end = (why: 'timeout' | 'cancelled') => {
    ended ??= why;
    stop.abort();
  };
  const onAbort = () => end('cancelled');
  const aborted = new Promise<never>((_resolve, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
  });
  aborted.catch(() => undefined);
  const cancelTotal = clock.after(limits.totalMs, () => end('timeout'));
  let cancelIdle = clock.after(limits.headerMs, () => end('timeout'));
  if (outer?.aborted) onAbort();
  outer?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: stop.signal,
    ended: () => ended,
    /** `work`, or a rejection as soon as the watch ends: a body may hang without minding the signal. */
    until: <Value>(work: Promise<Value>): Promise<Value> => Promise.race([work, aborted]),
    progress: () => {
      cancelIdle();
      cancelIdle = clock.after(limits.idleMs, () => end('timeout'));
    },
    stop: () => {
      cancelTotal();
      cancelIdle();
      outer?.removeEventListener('abort', onAbort);
      // Frees the connection of an answer that was not read to its end.
      stop.abort();
    },
  };
}
