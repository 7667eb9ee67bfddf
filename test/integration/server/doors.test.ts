import { describe, expect, it } from 'vitest';
import { sendRaw } from '../../support/raw-http.ts';
import { openTestServer, ownerToken, type TestServer } from '../../support/server.ts';

const query = JSON.stringify({ query: '{ viewer { scopes } }' });

function post(
  server: TestServer,
  lines: readonly string[],
  body = query,
): Promise<Awaited<ReturnType<typeof sendRaw>>> {
  const head = [
    'POST /graphql HTTP/1.1',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...lines,
  ];
  return sendRaw(server.port, `${head.join('\r\n')}\r\n\r\n${body}`);
}

describe('Host', () => {
  it('Prospector answers under loopback names with its port, its public URL and the allowed hosts, and under nothing else', async () => {
    await using server = await openTestServer({
      env: { PROSPECTOR_PUBLIC_URL: 'https://prospector.example', PROSPECTOR_ALLOWED_HOSTS: 'box.lan, other.lan:8080' },
    });
    const answer = (host: string) =>
      sendRaw(server.port, `GET /healthz HTTP/1.1\r\nhost: ${host}\r\n\r\n`).then(({ status }) => status);
    const ours = [
      `localhost:${server.port}`,
      `127.0.0.1:${server.port}`,
      `[::1]:${server.port}`,
      'PROSPECTOR.example',
      'box.lan',
      'box.lan:81',
      'other.lan:8080',
    ];
    const foreign = [
      'localhost',
      'localhost:1',
      `evil.example:${server.port}`,
      'other.lan',
      'prospector.example.evil.example',
      `evil@localhost:${server.port}`,
      'xbox.lan',
      '',
    ];
    expect(await Promise.all(ours.map(answer))).toEqual(ours.map(() => 200));
    expect(await Promise.all(foreign.map(answer))).toEqual(foreign.map(() => 403));
  });
});

describe('Origin', () => {
  it('Prospector refuses pages of other sites whatever credential they bring, and grants no site anything by CORS', async () => {
    await using server = await openTestServer();
    const cookie = await server.logIn();
    const own = `http://localhost:${server.port}`;
    for (const credential of [`authorization: Bearer ${ownerToken}`, `cookie: ${cookie}`]) {
      for (const origin of [
        'http://evil.example',
        'null',
        `http://localhost:${server.port}.evil.example`,
        'http://localhost:1',
        `ftp://localhost:${server.port}`,
      ]) {
        const answer = await post(server, [`host: localhost:${server.port}`, `origin: ${origin}`, credential]);
        expect([origin, answer.status]).toEqual([origin, 403]);
        expect(answer.body).not.toContain('ADMIN');
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
      const answer = await post(server, [`host: localhost:${server.port}`, `origin: ${own}`, credential]);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('ADMIN');
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('Prospector answers a preflight with no permission', async () => {
    await using server = await openTestServer();
    const answer = await server.fetchBare('/graphql', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(405);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('sessions', () => {
  it('Prospector lets a session change things only by POST from its own pages, and query by GET only with a header no form can send', async () => {
    await using server = await openTestServer();
    const cookie = await server.logIn();
    const get = (headers: Record<string, string>) =>
      server
        .fetchBare('/graphql?query={viewer{scopes}}', { headers: { cookie, ...headers } })
        .then(({ status }) => status);
    const postWith = (headers: Record<string, string>) =>
      server
        .fetchBare('/graphql', {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json', ...headers },
          body: query,
        })
        .then(({ status }) => status);
    expect(await get({})).toBe(403);
    expect(await get({ 'x-prospector-csrf': '1' })).toBe(200);
    expect(await postWith({})).toBe(403);
    expect(await postWith({ origin: server.origin })).toBe(200);
  });

  it('Prospector takes a bearer token without an Origin, and does not let a cookie mend a wrong one', async () => {
    await using server = await openTestServer();
    const cookie = await server.logIn();
    expect((await server.ask('{ viewer { scopes } }')).status).toBe(200);
    const mended = await server.fetchBare('/graphql', {
      method: 'POST',
      headers: { cookie, origin: server.origin, authorization: 'Bearer prs_wrong', 'content-type': 'application/json' },
      body: query,
    });
    expect(mended.status).toBe(401);
  });
});

describe('strangers', () => {
  const open = [
    '/healthz',
    '/readyz',
    '/login',
    '/oauth/upwork/callback',
    '/assets/page.css',
    '/assets/icon.svg',
    '/assets/login.js',
    '/assets/callback.js',
  ];
  const guarded = [
    '/graphql',
    '/events',
    '/metrics',
    '/schema.graphql',
    '/assets/graphiql/app.js',
    '/assets/graphiql/start.js',
  ];

  it('Prospector shows a stranger nothing but health, the log-in and the callback: everything else is 401 with WWW-Authenticate', async () => {
    await using server = await openTestServer({
      limits: { badLoginsPerMinute: 1_000 },
      services: {
        connection: { complete: async () => ({}), status: () => ({ status: 'CONNECTED', message: 'secret-message' }) },
      },
    });
    for (const headers of [
      {},
      { authorization: 'Bearer prs_wrong' },
      { authorization: 'Basic b3duZXI6' },
      { cookie: `prospector_session_${server.port}=wrong` },
    ]) {
      for (const path of guarded) {
        const answer = await server.fetchBare(path, { headers });
        expect([path, answer.status, answer.headers.get('www-authenticate')?.slice(0, 6)]).toEqual([
          path,
          401,
          'Bearer',
        ]);
        expect(await answer.json()).toEqual({
          errors: [
            {
              message: expect.any(String),
              extensions: { code: 'UNAUTHENTICATED', requestId: answer.headers.get('x-request-id') },
            },
          ],
        });
      }
    }
    for (const path of open) {
      const answer = await server.fetchBare(path);
      expect([path, answer.status]).toEqual([path, path.startsWith('/oauth') ? 400 : 200]);
      expect(await answer.text()).not.toMatch(/prs_o|secret-message|ADMIN|0\.0\.0/);
    }
  });

  it('Prospector tells of health no more than a status, whatever is wrong', async () => {
    await using server = await openTestServer({
      services: { system: { isReady: () => Promise.reject(new Error('vault token hvs.secret is sealed')) } },
    });
    const answer = await server.fetchBare('/readyz');
    expect([answer.status, await answer.text()]).toEqual([503, 'not ready\n']);
    expect((await server.fetchBare('/healthz')).status).toBe(200);
  });

  it('Prospector leads a browser without a session to its public URL and nowhere a request names', async () => {
    await using server = await openTestServer();
    for (const path of ['/', '/?next=http://evil.example', '/graphql?redirect=//evil.example']) {
      const answer = await server.fetchBare(path, { headers: { accept: 'text/html' } });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${server.url}/login`]);
    }
  });

  it('Prospector compares paths exactly', async () => {
    await using server = await openTestServer();
    const odd = [
      '/healthz/',
      '//healthz',
      '/HEALTHZ',
      '/%68ealthz',
      '/graphql/',
      '/graphql/health',
      '/../healthz',
      '/x/..;/healthz',
    ];
    for (const path of odd) {
      const { status } = await sendRaw(server.port, `GET ${path} HTTP/1.1\r\nhost: localhost:${server.port}\r\n\r\n`);
      expect([path, status]).toEqual([path, 404]);
    }
    const health = await server.fetchBare('/graphql?query={a}&z=/health');
    expect(health.status).toBe(401);
  });
});

describe('replies', () => {
  it('Prospector protects every reply, whatever its status', async () => {
    await using server = await openTestServer();
    const cookie = await server.logIn();
    for (const path of ['/login', '/nothing', '/graphql', '/healthz', '/assets/login.js']) {
      const { headers } = await server.fetchBare(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|blob:|data:|http/);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{18}$/);
    }
    const page = await server.fetchBare('/graphql', { headers: { cookie, accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).not.toMatch(/script-src|unsafe-eval|worker-src|blob:/);
    expect(await page.text()).not.toMatch(/<script>|https?:/);
  });

  it('Prospector sends a file of its own again only when it has changed', async () => {
    await using server = await openTestServer();
    const first = await server.fetch('/assets/graphiql/start.js');
    const tag = first.headers.get('etag') ?? '';
    expect([first.status, (await first.text()).length > 0, tag.length > 20]).toEqual([200, true, true]);
    const again = await server.fetch('/assets/graphiql/start.js', { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await server.fetch('/assets/graphiql/app.js', { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  it('Prospector says which methods a path has', async () => {
    await using server = await openTestServer();
    const of = async (method: string, path: string) => {
      const answer = await server.fetch(path, { method });
      return [answer.status, answer.headers.get('allow')];
    };
    expect(await of('DELETE', '/graphql')).toEqual([405, 'GET, POST']);
    expect(await of('POST', '/healthz')).toEqual([405, 'GET, HEAD']);
    expect(await of('GET', '/logout')).toEqual([405, 'POST']);
    expect(await of('HEAD', '/events')).toEqual([405, 'GET']);
    expect(await of('POST', '/oauth/upwork/callback')).toEqual([405, 'GET']);
  });
});
