import { expect, it } from 'vitest';
import { type App, startApp } from '../../support/app.ts';
import { sendRaw } from '../../support/raw-http.ts';

/** A reply to one operation, with its HTTP status. */
async function post(app: App, query: string, token = app.token) {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read into replies of every shape
  return { status: response.status, body: (await response.json()) as any };
}

async function tokenOf(app: App, ...scopes: string[]): Promise<string> {
  const { createApiToken } = await app.data(
    'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret apiToken { id } } }',
    { input: { name: scopes.join(' '), scopes } },
  );
  return createApiToken.secret;
}

it.each(['then', '__proto__', 'constructor', 'toJSON', 'hasOwnProperty', 'valueOf'])(
  '11.A, 19.L the name %s is refused before anything is done, wherever a document may have one',
  async (name) => {
    await using app = await startApp();
    const shapes = [
      `mutation { createLoginLink { ${name}: expiresAt } }`,
      `mutation ${name} { createLoginLink { expiresAt } }`,
      `mutation { ${name}: createLoginLink { expiresAt } }`,
      `mutation { createLoginLink { ...${name} } } fragment ${name} on CreateLoginLinkPayload { expiresAt }`,
      `query ($${name}: Int) { jobs(first: $${name}) { totalCount } }`,
      `subscription { events { ${name}: id } }`,
    ];
    for (const shape of shapes) {
      const { body } = await post(app, shape);
      expect([shape, body.data, body.errors?.[0]?.extensions.code]).toEqual([
        shape,
        undefined,
        'GRAPHQL_VALIDATION_FAILED',
      ]);
    }
    const { auditLog } = await app.data('{ auditLog { totalCount } }');
    expect(auditLog.totalCount, 'nothing was done').toBe(0);
  },
);

it.each([
  'events @skip(if: true) { id }',
  'events @include(if: false) { id }',
  '... @skip(if: true) { events { id } }',
])(
  '12.1 a subscription to { %s } is refused alone: the socket and its other subscriptions go on, over SSE nothing breaks',
  async (selection) => {
    await using app = await startApp();
    const { system } = await app.data('{ system { latestEventCursor } }');
    const feed = app.follow('subscription ($after: String) { events(after: $after) { type } }', {
      after: system.latestEventCursor,
    });
    const first = feed.next();
    await expect(feed.also(`subscription { ${selection} }`)).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
    await app.data('mutation { pauseScanning { errors { code } } }');
    expect((await first).data.events).toEqual({ type: 'NODE_CHANGED' });
    await feed.end();
    const stream = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${app.token}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: `subscription { ${selection} }` }),
    });
    expect(stream.status).toBeLessThan(500);
    expect(await stream.text()).toContain('GRAPHQL_VALIDATION_FAILED');
  },
);

it.each([
  ['a score of 500', '{ score: { min: 500 } }'],
  ['an unknown search', '{ savedSearchId: "search_none" }'],
  ['too many levels', '{ not: { not: { not: { not: { not: { not: { states: [OPEN] } } } } } } }'],
  ['a criterion that cannot be', '{ criteria: { hourlyRate: { min: "90", max: "10" } } }'],
])('12.2 jobPosted refuses %s when it is opened, not at its first event', async (_what, filter) => {
  await using app = await startApp();
  const feed = app.follow(`subscription { jobPosted(filter: ${filter}) { id } }`);
  const refused = await feed.next().catch((error: unknown) => ({ errors: error }));
  expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  await feed.end();
});

it.each(['h2c', 'TLS/1.0', 'websocket2'])(
  '11.F an offer to speak %s is passed over, and the request answered as HTTP/1.1, its body read',
  async (protocol) => {
    await using app = await startApp();
    const { port } = new URL(app.url);
    const body = JSON.stringify({ query: '{ system { version } }' });
    const lines = [
      'POST /graphql HTTP/1.1',
      `Host: localhost:${port}`,
      'Connection: close, Upgrade, HTTP2-Settings',
      `Upgrade: ${protocol}`,
      'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA',
      `Authorization: Bearer ${app.token}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    const answer = await sendRaw(Number(port), `${lines.join('\r\n')}\r\n\r\n${body}`);
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('"version"')]);
  },
);

it('11.G a token that may not connect does not see where to consent, in a query, by node and in an event', async () => {
  await using app = await startApp({ sandbox: { autoApprove: false } });
  const { system } = await app.data('{ system { latestEventCursor } }');
  const { connectUpwork } = await app.data('mutation { connectUpwork { flow { id authorizationUrl } } }');
  const { id, authorizationUrl } = connectUpwork.flow;
  expect(authorizationUrl).toContain('state=');
  const query = `{ connectionFlow(id: "${id}") { status authorizationUrl } node(id: "${id}") { ... on ConnectionFlow { authorizationUrl } }
    events(after: "${system.latestEventCursor}") { nodes { ... on ConnectionFlowUpdatedEvent { flow { authorizationUrl } } } } }`;
  const seen = async (token: string) => JSON.stringify((await post(app, query, token)).body);
  for (const scopes of [['READ'], ['READ', 'WRITE'], ['READ', 'PROPOSALS_SUBMIT']]) {
    const shown = await seen(await tokenOf(app, ...scopes));
    expect(shown).toContain('"status":"PENDING"');
    expect(shown).not.toContain('state=');
  }
  expect(await seen(await tokenOf(app, 'READ', 'CONNECT'))).toContain('state=');
});

it("19.M the owner's own token is not revoked, and one that an earlier release let be revoked gets in again", async () => {
  await using app = await startApp();
  const { revokeApiToken } = await app.data(
    'mutation { revokeApiToken(input: { apiTokenId: "tok_owner" }) { apiToken { id } errors { code message path } } }',
  );
  expect(revokeApiToken).toEqual({
    apiToken: null,
    errors: [{ code: 'CONFLICT', message: expect.stringContaining('owner-token'), path: ['input', 'apiTokenId'] }],
  });
  app.sql('UPDATE api_tokens SET revoked_at = 1');
  expect((await post(app, '{ system { version } }')).status).toBe(401);
  await app.restart();
  expect((await post(app, '{ system { version } }')).status).toBe(200);
});
