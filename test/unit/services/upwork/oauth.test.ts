import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { calculatePKCECodeChallenge } from 'openid-client';
import { expect, it } from 'vitest';
import type { Fetch } from '../../../../src/network.ts';
import { OAuthError } from '../../../../src/services/upwork/model.ts';
import { createUpworkOAuth } from '../../../../src/services/upwork/oauth/oauth.ts';
import { createTestClock } from '../../../support/clock.ts';

const credentials = { clientId: 'client-id', clientSecret: 'client-secret-value' };
const refreshToken = 'oauth2v2_spent';
const clock = createTestClock();

function oauthOver(fetch: Fetch, more: { pkce?: boolean; tokenUrl?: string } = {}) {
  return createUpworkOAuth({
    fetch,
    clock,
    authorizeUrl: 'https://upwork.test/authorize',
    tokenUrl: more.tokenUrl ?? 'https://upwork.test/token',
    pkce: more.pkce ?? true,
    userAgent: 'prospector-test',
  });
}

/** What refreshing makes of one answer. */
async function refreshWith(answer: () => Response | Promise<Response>) {
  return oauthOver(async () => answer())
    .refresh(credentials, refreshToken)
    .catch((error: unknown) => error);
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
const grant = {
  access_token: 'oauth2v2_access',
  refresh_token: 'oauth2v2_next',
  token_type: 'Bearer',
  expires_in: 86_400,
};
const broken = (code: string) => () => Promise.reject(new TypeError('fetch failed', { cause: { code } }));
const cutBody = (status: number) => () =>
  new Response(
    new ReadableStream({
      start: (body) => {
        body.enqueue(new TextEncoder().encode('{"access_token":'));
        body.error(new TypeError('terminated', { cause: { code: 'UND_ERR_SOCKET' } }));
      },
    }),
    { status, headers: { 'content-type': 'application/json' } },
  );
const challenge = { 'www-authenticate': 'Basic realm="Upwork"' };

/** RELIABILITY §0, the error map; F12, F13, F18. */
const failures: [answer: string, () => Response | Promise<Response>, expected: Partial<OAuthError>][] = [
  [
    'invalid_grant, 400',
    () => json(400, { error: 'invalid_grant', error_description: 'Refresh token is expired' }),
    {
      kind: 'invalid_grant',
      httpStatus: 400,
      oauthError: 'invalid_grant',
      oauthErrorDescription: 'Refresh token is expired',
    },
  ],
  ['invalid_grant, 401', () => json(401, { error: 'invalid_grant' }), { kind: 'invalid_grant', httpStatus: 401 }],
  [
    'invalid_grant behind a challenge',
    () => json(401, { error: 'invalid_grant' }, challenge),
    { kind: 'invalid_grant', oauthError: 'invalid_grant' },
  ],
  [
    'invalid_client behind a challenge',
    () => json(401, { error: 'invalid_client', error_description: 'No such secret' }, challenge),
    { kind: 'invalid_client', oauthError: 'invalid_client', oauthErrorDescription: 'No such secret' },
  ],
  ['a challenge without a body', () => json(401, '', challenge), { kind: 'invalid_client', httpStatus: 401 }],
  [
    'an unknown Client ID',
    () => json(400, { error: 'invalid_request', error_description: 'Invalid client_id parameter value' }),
    { kind: 'invalid_client', oauthError: 'invalid_request' },
  ],
  [
    'no Client ID in the body',
    () => json(400, { error: 'invalid_request', error_description: 'Missing parameters: client_id' }),
    { kind: 'refused', oauthErrorDescription: 'Missing parameters: client_id' },
  ],
  ['an outage in OAuth words', () => json(400, { error: 'temporarily_unavailable' }), { kind: 'transient' }],
  ['an error with status 200', () => json(200, { error: 'invalid_grant' }), { kind: 'transient', httpStatus: 200 }],
  ['no token_type', () => json(200, { access_token: 'oauth2v2_access' }), { kind: 'transient', httpStatus: 200 }],
  [
    'HTML with 400',
    () => new Response('<html>', { status: 400, headers: { 'content-type': 'text/html' } }),
    { kind: 'transient', httpStatus: 400 },
  ],
  [
    'a page with 200',
    () => new Response('<html>log in</html>', { headers: { 'content-type': 'text/html' } }),
    { kind: 'transient', httpStatus: 200 },
  ],
  [
    '429 in seconds',
    () => json(429, 'Too Many Requests', { 'retry-after': '7' }),
    { kind: 'transient', httpStatus: 429, retryAfterMs: 7_000 },
  ],
  [
    '429 with a date',
    () => json(429, '', { 'retry-after': 'Thu, 01 Oct 2026 00:00:30 GMT', date: 'Thu, 01 Oct 2026 00:00:00 GMT' }),
    { kind: 'transient', retryAfterMs: 30_000 },
  ],
  ['429 in OAuth words', () => json(429, { error: 'invalid_grant' }), { kind: 'transient', httpStatus: 429 }],
  ['500', () => json(500, { error: 'invalid_grant' }), { kind: 'transient', httpStatus: 500 }],
  ['204', () => new Response(null, { status: 204 }), { kind: 'transient', httpStatus: 204 }],
  ['307', () => json(307, '', { location: 'https://evil.test/' }), { kind: 'transient', httpStatus: 307 }],
  ['half the JSON', () => json(200, '{"access_token":"oauth2v2_acc'), { kind: 'ambiguous', httpStatus: 200 }],
  ['nothing with 200', () => json(200, ''), { kind: 'ambiguous', httpStatus: 200 }],
  ['a success cut off', cutBody(200), { kind: 'ambiguous', httpStatus: 200 }],
  ['an error cut off', cutBody(400), { kind: 'transient', httpStatus: 400 }],
  ['refused', broken('ECONNREFUSED'), { kind: 'transient' }],
  ['DNS', broken('ENOTFOUND'), { kind: 'transient' }],
  ['a bad certificate', broken('DEPTH_ZERO_SELF_SIGNED_CERT'), { kind: 'transient' }],
  ['reset after it was sent', broken('ECONNRESET'), { kind: 'ambiguous' }],
  ['closed after it was sent', broken('UND_ERR_SOCKET'), { kind: 'ambiguous' }],
];

it.each(failures)('Prospector knows what it means for a token: %s', async (_name, answer, expected) => {
  const error = await refreshWith(answer);
  expect(error).toBeInstanceOf(OAuthError);
  expect(error).toMatchObject(expected);
  for (const secret of [credentials.clientSecret, refreshToken, 'oauth2v2_acc'])
    expect(inspect(error, { depth: 10 })).not.toContain(secret);
});

it('Prospector gives the token endpoint 20 seconds, and takes silence for an unknown outcome (F12)', async () => {
  let aborted = false;
  const silent: Fetch = (_url, init) =>
    new Promise((_resolve, reject) =>
      init?.signal?.addEventListener('abort', () => {
        aborted = true;
        reject(new DOMException('aborted', 'AbortError'));
      }),
    );
  const outcome = oauthOver(silent)
    .refresh(credentials, refreshToken)
    .catch((error: unknown) => error);
  await clock.advance(19_999);
  expect(aborted).toBe(false);
  await clock.advance(1);
  expect(await outcome).toMatchObject({ name: 'OAuthError', kind: 'ambiguous' });
  expect(aborted).toBe(true);
  expect(clock.pending()).toBe(0);
});

it('Prospector refreshes with credentials and token in the body and nothing else (FACTS §2.3)', async () => {
  const seen: { url: string; form: Record<string, string>; headers: Headers; redirect: unknown }[] = [];
  const oauth = oauthOver(async (url, init) => {
    seen.push({
      url: String(url),
      form: Object.fromEntries(new URLSearchParams(String(init?.body))),
      headers: new Headers(init?.headers),
      redirect: init?.redirect,
    });
    return json(200, grant, { date: 'Thu, 01 Oct 2026 12:00:05 GMT' });
  });
  expect(await oauth.refresh(credentials, refreshToken)).toEqual({
    accessToken: 'oauth2v2_access',
    refreshToken: 'oauth2v2_next',
    expiresInMs: 86_400_000,
    serverDate: new Date('2026-10-01T12:00:05.000Z'),
  });
  expect(seen).toEqual([
    {
      url: 'https://upwork.test/token',
      form: {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      },
      headers: expect.any(Headers),
      redirect: 'manual',
    },
  ]);
  expect(seen[0]?.headers.get('user-agent')).toBe('prospector-test');
  expect(seen[0]?.headers.has('authorization')).toBe(false);
});

it('Prospector reads every reply that holds an access token: no NaN, no endless life, no lost refresh token (F19)', async () => {
  const life = fc.oneof(
    fc.constantFrom(0, -1, 1e12, '86400', 'soon', '', null, true, undefined, [60]),
    fc.integer(),
    fc.double(),
    fc.string(),
  );
  const token = fc.oneof(fc.stringMatching(/^[\w.-]{1,40}$/), fc.constantFrom('', null, 7, undefined));
  await fc.assert(
    fc.asyncProperty(life, token, fc.dictionary(fc.string(), fc.jsonValue()), async (expiresIn, refresh, extra) => {
      const body = { ...extra, access_token: 'a', token_type: 'bearer', expires_in: expiresIn, refresh_token: refresh };
      const outcome = await refreshWith(() => json(200, body));
      const isToken = typeof refresh === 'string' && refresh !== '';
      expect(outcome).toEqual({
        accessToken: 'a',
        ...(isToken && { refreshToken: refresh }),
        expiresInMs: expect.any(Number),
      });
      const { expiresInMs } = outcome as { expiresInMs: number };
      expect(expiresInMs).toBeGreaterThanOrEqual(60_000);
      expect(expiresInMs).toBeLessThanOrEqual(30 * 86_400_000);
    }),
    { numRuns: 200 },
  );
  const lives: [unknown, number][] = [
    [86_400, 86_400_000],
    ['86400', 86_400_000],
    [0, 60_000],
    [-1, 60_000],
    [1e12, 30 * 86_400_000],
    [undefined, 3_600_000],
    ['soon', 3_600_000],
  ];
  for (const [expiresIn, expiresInMs] of lives)
    expect(await refreshWith(() => json(200, { ...grant, expires_in: expiresIn }))).toMatchObject({ expiresInMs });
});

it('Prospector sends the person to Upwork with a fresh state and an S256 challenge, and asks for no scope (FACTS §2.1, RFC 7636)', async () => {
  const oauth = oauthOver(() => Promise.reject(new Error('Nothing is sent.')));
  const redirectUri = 'http://localhost:4000/oauth/upwork/callback';
  const first = await oauth.authorizationRequest({ clientId: 'client-id', redirectUri });
  const second = await oauth.authorizationRequest({ clientId: 'client-id', redirectUri });
  const url = new URL(first.url);
  expect(url.origin + url.pathname).toBe('https://upwork.test/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'client-id',
    redirect_uri: redirectUri,
    state: first.state,
    code_challenge: createHash('sha256').update(String(first.codeVerifier)).digest('base64url'),
    code_challenge_method: 'S256',
  });
  expect(Buffer.from(first.state, 'base64url').length).toBeGreaterThanOrEqual(16);
  expect(first.codeVerifier?.length).toBeGreaterThanOrEqual(43);
  expect(second.state).not.toBe(first.state);
  expect(second.codeVerifier).not.toBe(first.codeVerifier);
  expect(await calculatePKCECodeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'), 'RFC 7636 appendix B').toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
  const plain = await oauthOver(fetch, { pkce: false }).authorizationRequest({ clientId: 'client-id', redirectUri });
  expect(Object.keys(plain)).toEqual(['url', 'state']);
  expect([...new URL(plain.url).searchParams.keys()]).toEqual(['redirect_uri', 'state', 'client_id', 'response_type']);
});

it('Prospector rejects a callback that is not of this flow without sending anything (F1, F3)', async () => {
  let sent = 0;
  const oauth = oauthOver(async () => {
    sent += 1;
    return json(200, grant);
  });
  const complete = (callback: string) =>
    oauth
      .exchange({
        credentials,
        callback: new URLSearchParams(callback),
        redirectUri: 'http://localhost:4000/cb',
        state: 'right',
      })
      .catch((error: unknown) => error);
  for (const callback of [
    'code=c',
    'code=c&state=wrong',
    'code=c&state=right&state=right',
    'code=c&code=d&state=right',
    'code=c&state=right&iss=https%3A%2F%2Fevil.test',
    'state=right',
    'error=access_denied&state=wrong',
    'response=jwt&state=right',
  ])
    expect(await complete(callback), callback).toMatchObject({ name: 'OAuthError', kind: 'bad_callback' });
  expect(await complete('error=access_denied&error_description=%3Cb%3Eno%3C%2Fb%3E&state=right')).toMatchObject({
    kind: 'denied',
    oauthError: 'access_denied',
    oauthErrorDescription: '<b>no</b>',
  });
  expect(await complete('error=invalid_scope&state=right')).toMatchObject({
    kind: 'refused',
    oauthError: 'invalid_scope',
  });
  expect(sent).toBe(0);
  expect(await complete('code=c&state=right&iss=https%3A%2F%2Fupwork.test')).toMatchObject({
    accessToken: 'oauth2v2_access',
  });
});

it('Prospector sends the redirect URI of the exchange exactly as it was sent before (FACTS §2.1)', async () => {
  const forms: URLSearchParams[] = [];
  const oauth = oauthOver(async (_url, init) => {
    forms.push(new URLSearchParams(String(init?.body)));
    return json(200, grant);
  });
  const redirectUri = 'https://PROSPECTOR.example:443/callback?keep=me';
  await oauth.exchange({
    credentials,
    callback: new URLSearchParams('code=c&state=s'),
    redirectUri,
    state: 's',
    codeVerifier: 'v'.repeat(43),
  });
  expect(Object.fromEntries(forms[0] ?? [])).toEqual({
    grant_type: 'authorization_code',
    code: 'c',
    redirect_uri: redirectUri,
    code_verifier: 'v'.repeat(43),
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  });
});

it('Prospector sends credentials over plain http to this machine alone', async () => {
  const urls: string[] = [];
  const seen: Fetch = async (url) => {
    urls.push(String(url));
    return json(200, grant);
  };
  const refreshAt = (tokenUrl: string) => oauthOver(seen, { tokenUrl }).refresh(credentials, refreshToken);
  await expect(refreshAt('http://upwork.test/token')).rejects.toThrow('OAUTH_HTTP_REQUEST_FORBIDDEN');
  expect(urls).toEqual([]);
  await refreshAt('http://127.0.0.1:9/token');
  expect(urls).toEqual(['http://127.0.0.1:9/token']);
});

it('Prospector asks Upwork to revoke a token, and says whether it did', async () => {
  const forms: [string, Record<string, string>][] = [];
  const revoke = (status: number) =>
    oauthOver(async (url, init) => {
      forms.push([String(url), Object.fromEntries(new URLSearchParams(String(init?.body)))]);
      return json(status, {});
    }).revoke(credentials, refreshToken);
  expect([await revoke(200), await revoke(404), await revoke(503)]).toEqual([true, false, false]);
  expect(await oauthOver(broken('ECONNREFUSED')).revoke(credentials, refreshToken)).toBe(false);
  expect(forms[0]).toEqual([
    'https://upwork.test/token/revoke',
    { token: refreshToken, client_id: credentials.clientId, client_secret: credentials.clientSecret },
  ]);
});
