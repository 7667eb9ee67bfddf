import { expect, it } from 'vitest';
import { openTestServer, ownerToken, type TestServer } from '../../support/server.ts';

const logIn = (server: TestServer, body: unknown, headers: Record<string, string> = {}) =>
  server.fetchBare('/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const scopes = async (server: TestServer, cookie: string) => {
  const answer = await server.fetchBare('/graphql?query={viewer{scopes}}', {
    headers: { cookie, 'x-prospector-csrf': '1' },
  });
  return answer.status;
};

it('Prospector turns a one-time code into a session once, and a token any number of times', async () => {
  await using server = await openTestServer();
  const { data } = await server.ask('mutation { createLoginLink { url } }');
  const link = new URL(data.createLoginLink.url);
  expect(`${link.origin}${link.pathname}${link.search}`).toBe(`${server.url}/login`);
  const code = link.hash.slice(1);
  const answer = await logIn(server, { code });
  expect([answer.status, await answer.text()]).toEqual([204, '']);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^prospector_session_\d+=[\w-]{43}; Max-Age=\d+; HttpOnly; SameSite=Strict; Path=\/$/);
  expect(await scopes(server, cookie.split(';')[0] ?? '')).toBe(200);
  expect((await logIn(server, { code })).status).toBe(401);
  expect((await logIn(server, { token: ownerToken })).status).toBe(204);
  expect((await logIn(server, { token: ownerToken })).status).toBe(204);
});

it('Prospector marks its cookies Secure, and the session __Host-, where people reach it over TLS', async () => {
  await using server = await openTestServer({ env: { PROSPECTOR_PUBLIC_URL: 'https://prospector.example' } });
  const cookie = (await logIn(server, { token: ownerToken })).headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    /^__Host-prospector_session_\d+=[\w-]{43}; Max-Age=\d+; HttpOnly; SameSite=Strict; Path=\/; Secure$/,
  );
});

it('Prospector ends a session at log-out, and with its token', async () => {
  await using server = await openTestServer();
  const cookie = await server.logIn();
  const other = await server.logIn();
  const out = await server.fetchBare('/logout', { method: 'POST', headers: { cookie, origin: server.origin } });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([
    204,
    `prospector_session_${server.port}=; Max-Age=0; HttpOnly; SameSite=Strict; Path=/`,
  ]);
  expect([await scopes(server, cookie), await scopes(server, other)]).toEqual([401, 200]);
  server.access.revokeToken('tok_owner');
  expect(await scopes(server, other)).toBe(401);
});

it('Prospector refuses whatever is not one secret in JSON, and looks at no secret in an address', async () => {
  await using server = await openTestServer();
  const { code } = server.access.createLoginLink(server.access.byToken(ownerToken) ?? expect.fail());
  for (const body of [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    {},
    { code: 1 },
    { code: '' },
    { code, token: ownerToken },
    { code, next: '/' },
  ])
    expect([body, (await logIn(server, body)).status]).toEqual([body, 400]);
  expect((await logIn(server, { code: 'x'.repeat(5_000) })).status).toBe(413);
  const form = await server.fetchBare('/login', { method: 'POST', body: new URLSearchParams({ token: ownerToken }) });
  expect([form.status, form.headers.get('set-cookie')]).toEqual([415, null]);
  const inQuery = await server.fetchBare(`/login?code=${code}`);
  expect([inQuery.status, inQuery.headers.get('set-cookie')]).toEqual([200, null]);
  expect(await inQuery.text()).not.toContain(code);
  expect((await logIn(server, { code }, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await logIn(server, { code })).status).toBe(204);
});

it('11.B ten wrong log-ins of an address in a minute slow the next wrong ones down, and never the right one', async () => {
  await using server = await openTestServer();
  expect((await logIn(server, { token: ownerToken })).status).toBe(204);
  const statuses = await Promise.all(
    Array.from({ length: 40 }, async (_, at) => (await logIn(server, { token: `prs_guess_${at}` })).status),
  );
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  const blocked = await logIn(server, { token: 'prs_guess' });
  expect(blocked.status).toBe(429);
  expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await blocked.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  expect((await logIn(server, { token: ownerToken })).status).toBe(204);
  expect((await server.ask('{ viewer { scopes } }')).status).toBe(200);
});
