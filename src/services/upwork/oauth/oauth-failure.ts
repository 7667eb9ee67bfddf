import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { OAuthError } from '../model.ts';
import { retryAfterMs } from '../transport/retry-after.ts';
import type { Answer } from '../transport/send-request.ts';
import type { TokenTransport } from './token-transport.ts';

/** OAuth errors that speak of an outage, not of the request. */
const passing = ['temporarily_unavailable', 'server_error', 'slow_down'];

/**
 * Says what a failure of openid-client 6.9.0 means (RELIABILITY §0, the error map). Its errors hold answers and callbacks, therefore none becomes the
 * cause of ours.
 * @throws Error for a request that could not even be made: a mistake of ours
 */
export function oauthFailureOf(error: unknown, transport: TokenTransport, now: Date): OAuthError {
  if (error instanceof AuthorizationResponseError) return authorizationFailure(error);
  const own = (error as { cause?: unknown } | undefined)?.cause;
  if (own instanceof OAuthError) return own;
  const answer = transport.answer();
  if (answer) return answerFailure(error, answer, now);
  if (transport.sent())
    return new OAuthError('ambiguous', "Upwork's token endpoint gave no answer that could be read.");
  if (error instanceof ClientError && error.code === 'OAUTH_INVALID_RESPONSE')
    return new OAuthError(
      'bad_callback',
      'The callback does not belong to this attempt to connect. Start connecting again.',
    );
  throw new Error(`The token request could not be made: ${plain(String((error as { code?: unknown }).code))}.`);
}

function authorizationFailure({ error, error_description: description }: AuthorizationResponseError): OAuthError {
  const more = { oauthError: error, ...(description !== undefined && { oauthErrorDescription: description }) };
  return error === 'access_denied'
    ? new OAuthError('denied', 'Access was denied on the consent page of Upwork. Connect again to allow it.', more)
    : new OAuthError('refused', `Upwork refused the authorization: ${plain(error)}.`, more);
}

function answerFailure(error: unknown, answer: Answer, now: Date): OAuthError {
  const { status, headers, body } = answer;
  const retryAfter = retryAfterMs(headers, now);
  const more = { httpStatus: status, ...(retryAfter !== undefined && { retryAfterMs: retryAfter }) };
  if (status === 429 || status >= 500)
    return new OAuthError('transient', `Upwork's token endpoint answered ${status}. It is tried again later.`, more);
  if (error instanceof ResponseBodyError) return bodyFailure(error, more);
  if (status === 401 && headers.has('www-authenticate')) return new OAuthError('invalid_client', invalidClient, more);
  if (status === 200 && isCut(body))
    return new OAuthError(
      'ambiguous',
      "Upwork's token endpoint sent half an answer: it may have accepted the request.",
      more,
    );
  return new OAuthError(
    'transient',
    `Upwork's token endpoint answered ${status} in a form that is not known. It is tried again later; if it stays so, Upwork has changed its answers.`,
    more,
  );
}

const invalidClient =
  'Upwork does not accept the Client ID or the Client Secret. Check both on the page of the API key and connect again with them.';

function bodyFailure(failure: ResponseBodyError, more: { httpStatus: number; retryAfterMs?: number }): OAuthError {
  const { error, error_description: description } = failure;
  const told = { ...more, oauthError: error, ...(description !== undefined && { oauthErrorDescription: description }) };
  if (error === 'invalid_grant')
    return new OAuthError('invalid_grant', 'Upwork no longer accepts this authorization.', told);
  // An unknown Client ID is an invalid_request at Upwork (samples/oauth.json).
  if (error === 'invalid_client' || /invalid client_id/i.test(description ?? ''))
    return new OAuthError('invalid_client', invalidClient, told);
  if (passing.includes(error))
    return new OAuthError('transient', `Upwork's token endpoint is out of order: ${plain(error)}.`, told);
  return new OAuthError('refused', `Upwork refused the request for tokens: ${plain(error)}.`, told);
}

/** Whether a success is JSON that ends too early, rather than some page. */
function isCut(body: string): boolean {
  const text = body.trim();
  if (text !== '' && !text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

/** An error code as it may stand in a sentence: the server chose it. */
function plain(code: string): string {
  return code.replace(/[^\w.-]/g, '').slice(0, 60) || 'an error without a name';
}
