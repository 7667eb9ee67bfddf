import type { Clock } from '../../../clock.ts';
import type { Fetch } from '../../../network.ts';
import { SecretStoreError } from '../model.ts';
import { networkFailure } from './network-failure.ts';
import { vaultProblems } from './problems.ts';

/** What Vault answered, refusals included. `body` is parsed JSON, undefined when there was none. */
export interface VaultAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs?: number;
}

/** The options node-vault hands to its request library, with the timeout we add. */
interface TransportRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly timeoutMs?: number;
}

/** What node-vault expects back. */
interface TransportResponse {
  readonly statusCode: 200;
  readonly body: VaultAnswer;
  readonly request: { readonly path: '' };
}

/** Longest time for one request, with its answer (T7, F47). Connecting alone is bounded by whoever opens the fetch. */
const totalTimeoutMs = 10_000;
/** Nothing we ask for is larger. */
const largestBody = 1_048_576;

/** What the transport needs. */
export interface TransportOptions {
  readonly network: { readonly fetch: Fetch };
  readonly clock: Pick<Clock, 'after'>;
  /** For messages. */
  readonly host: string;
}

/**
 * The request library node-vault is given (T5): no redirects, no proxies, a timeout, strict JSON, a bounded body. To node-vault every answer is a
 * success that carries the real status: it takes some refusals for successes and puts bodies into its errors (T4, T6).
 *
 * @returns a function that throws SecretStoreError `unreachable`, `tls`, `redirected`, `standby`, `unexpected_response`
 */
export function createVaultTransport(
  options: TransportOptions,
): (request: TransportRequest) => Promise<TransportResponse> {
  return async (request) => ({ statusCode: 200, body: await exchange(options, request), request: { path: '' } });
}

async function exchange({ network, clock, host }: TransportOptions, request: TransportRequest): Promise<VaultAnswer> {
  const { method, uri, headers, json, timeoutMs = totalTimeoutMs } = request;
  const ending = new AbortController();
  const forget = clock.after(timeoutMs, () => ending.abort());
  try {
    const response = await network.fetch(uri, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        'x-vault-request': 'true',
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      signal: ending.signal,
    });
    refuseRedirect(response, new URL(uri), host);
    const text = await readText(response, host);
    return { status: response.status, body: parse(text, response, host), ...retryAfterOf(response) };
  } catch (error) {
    ending.abort();
    if (error instanceof SecretStoreError) throw error;
    throw networkFailure(error, host);
  } finally {
    forget();
  }
}

function refuseRedirect({ status, headers }: Response, asked: URL, host: string): void {
  if (status !== 0 && (status < 300 || status > 399)) return;
  const location = headers.get('location') ?? '';
  const target = URL.canParse(location, asked.href) ? new URL(location, asked.href) : undefined;
  // A standby sends to its leader, with the same path (RELIABILITY §5).
  const isStandby =
    status === 307 &&
    target?.pathname === asked.pathname &&
    target.host !== asked.host &&
    (target.protocol === asked.protocol || target.protocol === 'https:');
  throw isStandby ? vaultProblems.standby() : vaultProblems.redirected(host);
}

async function readText(response: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > largestBody) throw vaultProblems.unexpected(host, 'a body larger than 1 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, { status, ok }: Response, host: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A refusal is judged by its status: a proxy before Vault has its own pages for that.
    if (!ok) return undefined;
    throw vaultProblems.unexpected(host, `status ${status} with a body that is not JSON`);
  }
}

function retryAfterOf({ headers }: Response): { retryAfterMs?: number } {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1_000 } : {};
}
