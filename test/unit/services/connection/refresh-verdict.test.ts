import { expect, it } from 'vitest';
import { judgeRefresh } from '../../../../src/services/connection/tokens/refresh-verdict.ts';
import { OAuthError, oauthFailureKinds } from '../../../../src/services/upwork/model.ts';

const wait = (spent: boolean, code: string) => ({ kind: 'wait', spent, code, message: expect.any(String) });
const failed = (...[kind, more]: [OAuthError['kind'], ConstructorParameters<typeof OAuthError>[2]?]) =>
  new OAuthError(kind, 'It failed.', more);

/** The error map of RELIABILITY §0, as the adapter's kinds: what each answer of the token endpoint means for a refresh. */
const table: [string, Error, object][] = [
  ['invalid_grant', failed('invalid_grant', { httpStatus: 400, oauthError: 'invalid_grant' }), { kind: 'rejected' }],
  ['invalid_client', failed('invalid_client', { httpStatus: 401 }), { kind: 'credentials' }],
  [
    'invalid_request that names client_id',
    failed('refused', { oauthError: 'invalid_request', oauthErrorDescription: 'Invalid client_id parameter value' }),
    { kind: 'credentials' },
  ],
  ['another OAuth error', failed('refused', { oauthError: 'server_error' }), wait(false, 'unexpected_response')],
  ['DNS, refused, TLS', failed('transient'), wait(false, 'network')],
  [
    '429',
    failed('transient', { httpStatus: 429, retryAfterMs: 7_000 }),
    { ...wait(false, 'rate_limited'), retryAfterMs: 7_000 },
  ],
  ['500', failed('transient', { httpStatus: 500 }), wait(true, 'unavailable')],
  ['503 with HTML', failed('transient', { httpStatus: 503 }), wait(true, 'unavailable')],
  ['challenge page', failed('transient', { httpStatus: 403 }), wait(false, 'challenge')],
  ['400 with HTML', failed('transient', { httpStatus: 400 }), wait(false, 'unavailable')],
  ['redirect', failed('transient', { httpStatus: 307 }), wait(false, 'unavailable')],
  ['204, or 200 that is no grant', failed('transient', { httpStatus: 204 }), wait(true, 'unavailable')],
  ['timeout, reset, truncated', failed('ambiguous'), wait(true, 'timeout')],
  ['a mistake of our own', new TypeError('a bug'), wait(true, 'unexpected_response')],
];

it.each(table)('%s', (_what, error, verdict) => {
  expect(judgeRefresh(error)).toEqual(verdict);
});

it('ends an authorization for invalid_grant alone', () => {
  const ends = oauthFailureKinds.filter((kind) =>
    [undefined, 200, 302, 400, 401, 403, 404, 429, 500, 503].some(
      (httpStatus) => judgeRefresh(failed(kind, httpStatus === undefined ? {} : { httpStatus })).kind === 'rejected',
    ),
  );
  expect(ends).toEqual(['invalid_grant']);
});
