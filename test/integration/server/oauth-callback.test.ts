import { expect, it } from 'vitest';
import type { ConnectionFlow } from '../../../src/services/connection/model.ts';
import type { UserFailure } from '../../../src/services/failures/model.ts';
import { openTestServer } from '../../support/server.ts';

const flow = (status: ConnectionFlow['status'], failure?: UserFailure): ConnectionFlow => ({
  id: 'flow_1',
  status,
  redirectUri: 'http://localhost/oauth/upwork/callback',
  createdAt: new Date(0),
  expiresAt: new Date(0),
  ...(failure && { failure }),
});
const failure = (
  code: 'AUTHORIZATION_DENIED' | 'STATE_MISMATCH' | 'FLOW_EXPIRED' | 'CREDENTIALS_INVALID',
  said?: string,
): UserFailure => ({
  type: 'AuthorizationFlowError',
  code,
  message: `Because of ${code}.`,
  ...(said !== undefined && { oauthErrorDescription: said }),
});

async function serverEndingIn(outcome: { flow?: ConnectionFlow; failure?: UserFailure; returnTo?: string }) {
  const completed: [query: string, nonce: string | undefined][] = [];
  const server = await openTestServer({
    services: {
      connection: {
        status: () => ({}),
        connect: async (_input: object, nonce?: string) => ({
          flow: flow('PENDING'),
          authorizationUrl: 'https://upwork.example/',
          state: 's',
          warnings: [],
          nonce,
        }),
        complete: async (parameters: URLSearchParams, nonce?: string) => {
          completed.push([String(parameters), nonce]);
          return outcome;
        },
      },
    },
  });
  return { ...server, completed };
}

it('Prospector shows how a flow ended on a page, never a redirect: 200 for every ending of ours, 400 for a redirect it did not wait for', async () => {
  const endings: [status: number, title: RegExp, outcome: Parameters<typeof serverEndingIn>[0]][] = [
    [200, /Upwork is connected/, { flow: flow('COMPLETED') }],
    [200, /access was denied/, { flow: flow('DENIED', failure('AUTHORIZATION_DENIED')) }],
    [200, /could not be connected/, { flow: flow('FAILED', failure('CREDENTIALS_INVALID')) }],
    [400, /too old/, { flow: flow('EXPIRED', failure('FLOW_EXPIRED')) }],
    [400, /no attempt to connect that we know/, { failure: failure('STATE_MISMATCH') }],
    [400, /could not be connected/, { flow: flow('FAILED', failure('STATE_MISMATCH')) }],
    [400, /no attempt to connect that we know/, {}],
  ];
  for (const [status, title, outcome] of endings) {
    await using server = await serverEndingIn(outcome);
    const answer = await server.fetchBare('/oauth/upwork/callback?code=secret-code&state=secret-state&extra=1');
    const text = await answer.text();
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('location')]).toEqual([
      status,
      'text/html; charset=utf-8',
      null,
    ]);
    expect(text).toMatch(title);
    expect(text).toContain('<a href="/">');
    expect(text).not.toMatch(/secret-code|secret-state|https?:|<script>/);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(server.completed).toEqual([['code=secret-code&state=secret-state&extra=1', undefined]]);
    expect(server.lines.join('')).not.toMatch(/secret-code|secret-state/);
  }
});

it('Prospector shows what Upwork said as text, and leads back to a path of its own alone', async () => {
  const hostile = `"><img src=x onerror=alert(1)>'&`;
  await using server = await serverEndingIn({ flow: flow('DENIED', failure('AUTHORIZATION_DENIED', hostile)) });
  const text = await (await server.fetchBare('/oauth/upwork/callback?error=access_denied')).text();
  expect(text).toContain('&#34;&#62;&#60;img src=x onerror=alert(1)&#62;&#39;&#38;');
  expect(text).not.toContain('<img');
  const paths: [returnTo: string, href: string][] = [
    ['/settings?tab=1', '/settings?tab=1'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/"onclick="alert(1)', '/&#34;onclick=&#34;alert(1)'],
    ['/a\nb', '/'],
  ];
  for (const [returnTo, href] of paths) {
    await using other = await serverEndingIn({ flow: flow('COMPLETED'), returnTo });
    expect(await (await other.fetchBare('/oauth/upwork/callback?state=x')).text()).toContain(`<a href="${href}">`);
  }
});

it('Prospector binds a flow to the browser that started it by a cookie that travels on the way back from Upwork, and to nothing where a program did', async () => {
  await using server = await serverEndingIn({ flow: flow('COMPLETED') });
  const session = await server.logIn();
  const connect = { method: 'POST', body: JSON.stringify({ query: 'mutation { connectUpwork { errors { code } } }' }) };
  const started = await server.fetchBare('/graphql', {
    ...connect,
    headers: { cookie: session, origin: server.origin, 'content-type': 'application/json' },
  });
  const cookie = started.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(
    /^prospector_flow_\d+=[\w-]{43}; Max-Age=900; HttpOnly; SameSite=Lax; Path=\/oauth\/upwork\/callback$/,
  );
  const [pair = ''] = cookie.split(';');
  await server.fetchBare('/oauth/upwork/callback?state=x', { headers: { cookie: `other=1; ${pair}` } });
  expect(server.completed).toEqual([['state=x', pair.split('=')[1]]]);
  const program = await server.fetch('/graphql', { ...connect, headers: { 'content-type': 'application/json' } });
  expect([program.status, program.headers.get('set-cookie')]).toEqual([200, null]);
});
