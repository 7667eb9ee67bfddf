import type { CustomFetch } from 'openid-client';
import type { Clock } from '../../../clock.ts';
import type { Fetch } from '../../../network.ts';
import { OAuthError } from '../model.ts';
import { type Answer, sendRequest } from '../transport/send-request.ts';

const limits = { headerMs: 20_000, idleMs: 20_000, totalMs: 20_000, bytes: 1_000_000 };

/** The way to the token endpoint for one call. */
export interface TokenTransport {
  /** For openid-client. Sends once, within 20 s and 1 MB. */
  readonly fetch: CustomFetch;
  /** Whether a request has left. */
  sent(): boolean;
  /** The answer as it came; undefined when there was none. */
  answer(): Answer | undefined;
}

/**
 * Stands between openid-client and the network: reads the whole body before the library sees it, since the library drops that of a 401 with
 * `WWW-Authenticate`, and a cut body must be told from a bad one (F12).
 * @param redirectUri sent exactly as given: the library would send it as its URL parser writes it (FACTS §2.1)
 */
export function createTokenTransport(
  network: { fetch: Fetch; clock: Pick<Clock, 'after'> },
  userAgent: string,
  redirectUri?: string,
): TokenTransport {
  let sent = false;
  let answer: Answer | undefined;
  return {
    fetch: async (url, { method, headers, body }) => {
      sent = true;
      const form = new URLSearchParams(String(body));
      if (redirectUri !== undefined && form.has('redirect_uri')) form.set('redirect_uri', redirectUri);
      const request = { method, headers: { ...headers, 'user-agent': userAgent }, body: form.toString() };
      const outcome = await sendRequest(network, url, request, limits);
      if ('interruption' in outcome) throw interruptionError(outcome);
      answer = outcome;
      return toResponse(outcome);
    },
    sent: () => sent,
    answer: () => answer,
  };
}

type Interrupted = Exclude<Awaited<ReturnType<typeof sendRequest>>, Answer>;

function interruptionError({ interruption, detail, status }: Interrupted): OAuthError {
  const because = detail === undefined ? '' : ` (${detail})`;
  if (interruption === 'not_sent')
    return new OAuthError('transient', `Upwork's token endpoint cannot be reached${because}. Check the network.`);
  // Only a success can have spent something.
  if (status !== undefined && status !== 200)
    return new OAuthError('transient', `Upwork's token endpoint answered ${status}, and the answer broke off.`, {
      httpStatus: status,
    });
  const what = interruption === 'timeout' ? 'did not answer within 20 seconds' : `broke off its answer${because}`;
  return new OAuthError(
    'ambiguous',
    `Upwork's token endpoint ${what}: it may have accepted the request all the same.`,
    { ...(status !== undefined && { httpStatus: status }) },
  );
}

/** The answer as the library shall see it: tolerant where FACTS and F19 ask for it, without the challenge that would hide the body. */
function toResponse({ status, headers, body }: Answer): Response {
  const shown = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) shown.delete(name);
  const record = readRecord(body);
  if (typeof record?.['error'] === 'string') shown.delete('www-authenticate');
  const text = status === 200 && record ? JSON.stringify(grantOf(record)) : body;
  return new Response([204, 205, 304].includes(status) ? null : text, { status, headers: shown });
}

/** What counts in a successful answer. `expires_in` is left out: it is read leniently from the answer itself. */
function grantOf(record: Record<string, unknown>): Record<string, unknown> {
  const refreshToken = record['refresh_token'];
  return {
    access_token: record['access_token'],
    token_type: record['token_type'],
    ...(typeof refreshToken === 'string' && refreshToken !== '' && { refresh_token: refreshToken }),
  };
}

/** A JSON object; undefined for anything else. */
export function readRecord(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
