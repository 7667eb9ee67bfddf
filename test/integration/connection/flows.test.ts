import { expect, it } from 'vitest';
import { OAuthError, UpworkError } from '../../../src/services/upwork/model.ts';
import { credentials } from './pretend-upwork.ts';
import { connect, connectInput, type Process, startRig } from './rig.ts';

const callback = (state: string, more: Record<string, string> = { code: 'a-code' }) =>
  new URLSearchParams({ ...more, state });

it('connects: credentials, address, consent, tokens, identity, scopes, and says so in this order', async () => {
  await using rig = await startRig();
  const process = await rig.start();
  const { connection, secrets } = process;
  expect(connection.status()).toMatchObject({
    status: 'DISCONNECTED',
    nextAction: { kind: 'CONFIGURE_CREDENTIALS', command: 'ghoststack prospector connect upwork' },
  });
  const opened = await connection.connect({ ...connectInput, returnTo: '/jobs?x=1#top' });
  expect(opened).toEqual({
    flow: {
      id: expect.stringMatching(/^flow_[0-9A-Z]{26}$/),
      status: 'PENDING',
      authorizationUrl: opened.authorizationUrl,
      redirectUri: 'http://localhost:4000/oauth/upwork/callback',
      createdAt: rig.clock.now(),
      expiresAt: new Date(rig.clock.now().getTime() + 600_000),
    },
    authorizationUrl: expect.stringContaining('client_id=a-client-id'),
    state: expect.any(String),
    warnings: [],
  });
  expect(connection.status()).toMatchObject({
    status: 'CONNECTING',
    nextAction: { kind: 'COMPLETE_AUTHORIZATION' },
    activeFlow: opened.flow,
  });
  const completed = await connection.complete(callback(opened.state));
  const { authorizationUrl: _over, ...flow } = opened.flow;
  expect(completed).toEqual({
    flow: { ...flow, status: 'COMPLETED', completedAt: rig.clock.now() },
    returnTo: '/jobs?x=1#top',
  });
  expect(connection.status()).toEqual({
    id: 'platform_upwork',
    status: 'CONNECTED',
    message: 'Upwork accepts the token.',
    statusChangedAt: rig.clock.now(),
    account: {
      externalId: '15',
      displayName: 'janefreelancer',
      organization: 'Jane F.',
      connectedAt: rig.clock.now(),
    },
    scopes: [
      expect.objectContaining({ name: 'job_search', granted: 'READ', keyFormLabels: [] }),
      expect.objectContaining({ name: 'proposals', granted: 'READ_WRITE', keyFormLabels: [] }),
      expect.objectContaining({ name: 'contracts', granted: 'READ_WRITE', keyFormLabels: [] }),
    ],
    capabilities: expect.arrayContaining([
      { capability: 'READ_CONTRACTS', availability: 'AVAILABLE', requiredScopes: ['contracts'] },
      { capability: 'WITHDRAW_PROPOSAL', availability: 'NOT_OFFERED_BY_PLATFORM', requiredScopes: ['proposals'] },
    ]),
    tokenExpiresAt: new Date(rig.clock.now().getTime() + 86_400_000),
    refreshTokenExpiresAt: new Date(rig.clock.now().getTime() + 14 * 86_400_000),
    tokenRefreshedAt: rig.clock.now(),
    connectsBalance: 80,
    nextAction: { kind: 'NONE', message: 'Nothing to do.' },
  });
  expect(rig.told()).toEqual([
    'flow PENDING',
    'DISCONNECTED → CONNECTING',
    'flow EXCHANGING',
    'flow COMPLETED',
    'CONNECTING → CONNECTED',
  ]);
  expect(await secrets.read('upwork/flow'), 'nothing of the flow is left').toBeUndefined();
  expect((await secrets.read('upwork/credentials'))?.data).toEqual(credentials);
  expect(connection.isUsable()).toBe(true);
  expect((await connection.tokens.token()).tenantId).toBe('151');
});

it('keeps state, verifier, credentials and tokens out of everything but the secret store', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput);
  const rows = () =>
    JSON.stringify(
      ['connection_flows', 'connections', 'events'].map((table) => rig.db.sql.prepare(`SELECT * FROM ${table}`).all()),
    );
  const before = rows();
  await connection.complete(callback(state));
  for (const secret of [state, 'verifier-1', credentials.clientSecret, 'access-1', 'refresh-1'])
    for (const text of [before, rows(), JSON.stringify(connection.status())])
      expect(text.includes(secret), secret).toBe(false);
});

/** Endings of a flow whose callback came, over an earlier connection: what they are called, and that they leave it alone. */
const endings: [string, (process: Process, upwork: Awaited<ReturnType<typeof startRig>>['upwork']) => void, object][] =
  [
    [
      'a wrong secret',
      (_process, upwork) => {
        upwork.exchangeFails = new OAuthError('invalid_client', 'No.');
      },
      { status: 'FAILED', failure: expect.objectContaining({ code: 'CREDENTIALS_INVALID' }) },
    ],
    [
      'a wrong Client ID',
      (_process, upwork) => {
        const oauthErrorDescription = 'Invalid client_id parameter value';
        upwork.exchangeFails = new OAuthError('refused', 'No.', {
          oauthError: 'invalid_request',
          oauthErrorDescription,
        });
      },
      {
        status: 'FAILED',
        failure: {
          type: 'AuthorizationFlowError',
          code: 'CREDENTIALS_INVALID',
          message: expect.stringContaining('the Client ID.'),
          oauthError: 'invalid_request',
          oauthErrorDescription: 'Invalid client_id parameter value',
        },
      },
    ],
    [
      'a code that is too old',
      (_process, upwork) => {
        upwork.exchangeFails = new OAuthError('invalid_grant', 'No.', { oauthError: 'invalid_grant' });
      },
      { status: 'FAILED', failure: expect.objectContaining({ code: 'FLOW_EXPIRED', oauthError: 'invalid_grant' }) },
    ],
    [
      'parameters that do not fit',
      (_process, upwork) => {
        upwork.exchangeFails = new OAuthError('bad_callback', 'No.');
      },
      { status: 'FAILED', failure: expect.objectContaining({ code: 'STATE_MISMATCH' }) },
    ],
    [
      'an outage of the token endpoint',
      (_process, upwork) => {
        upwork.exchangeFails = new OAuthError('transient', 'No.', { httpStatus: 502 });
      },
      {
        status: 'FAILED',
        failure: expect.objectContaining({ code: 'UPSTREAM_ERROR', httpStatus: 502, retryable: true }),
      },
    ],
    [
      'an answer that never came',
      (_process, upwork) => {
        upwork.exchangeFails = new OAuthError('ambiguous', 'No.');
      },
      { status: 'FAILED', failure: expect.objectContaining({ code: 'UPSTREAM_ERROR' }) },
    ],
    [
      'an outage of the API, so that nobody knows whose tokens they are',
      (_process, upwork) => {
        upwork.apiFails = new UpworkError('unavailable', 'Upwork is away.', { httpStatus: 503, requestId: 'trace-1' });
      },
      { status: 'FAILED', failure: expect.objectContaining({ code: 'UPSTREAM_ERROR', requestId: 'trace-1' }) },
    ],
    [
      'another account',
      (_process, upwork) => {
        upwork.identity = { ...upwork.identity, userId: '16', userName: 'samrivera' };
      },
      { status: 'FAILED', failure: expect.objectContaining({ code: 'WRONG_ACCOUNT' }) },
    ],
    [
      'a mistake of our own',
      (_process, upwork) => {
        upwork.exchangeFails = new TypeError('a bug');
      },
      { status: 'FAILED', failure: expect.objectContaining({ code: 'UPSTREAM_ERROR' }) },
    ],
  ];

it.each(endings)(
  'ends a flow for %s, clearly, and leaves an earlier connection as it was',
  async (_what, arrange, end) => {
    await using rig = await startRig();
    const process = await rig.connected();
    const before = { status: process.connection.status(), tokens: (await process.secrets.read('upwork/tokens'))?.data };
    const stored = (await process.secrets.read('upwork/credentials'))?.data;
    arrange(process, rig.upwork);
    const other = { clientId: 'another-id', clientSecret: 'another-secret' };
    const { flow, failure } = await connect(process, { force: true, credentials: other });
    expect(flow).toMatchObject(end);
    expect(failure).toEqual(flow?.failure);
    expect(process.connection.status()).toEqual(before.status);
    expect((await process.secrets.read('upwork/tokens'))?.data).toEqual(before.tokens);
    expect((await process.secrets.read('upwork/credentials'))?.data).toEqual(stored);
    expect(await process.secrets.read('upwork/flow')).toBeUndefined();
    expect(rig.told().slice(-3)).toEqual(['flow PENDING', 'flow EXCHANGING', 'flow FAILED']);
  },
);

it('says that access was denied, with Upwork’s own words', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput);
  const { flow } = await connection.complete(callback(state, { error: 'access_denied' }));
  expect(flow).toMatchObject({
    status: 'DENIED',
    failure: { type: 'AuthorizationFlowError', code: 'AUTHORIZATION_DENIED', oauthError: 'access_denied' },
  });
  expect(connection.status().status).toBe('DISCONNECTED');
  expect(rig.upwork.exchanges).toBe(0);
});

it('shows a refused secret and another account in the status where nothing is connected', async () => {
  await using rig = await startRig();
  const process = await rig.start();
  rig.upwork.exchangeFails = new OAuthError('invalid_client', 'No.');
  await connect(process);
  expect(process.connection.status()).toMatchObject({
    status: 'CREDENTIALS_INVALID',
    nextAction: { kind: 'CONFIGURE_CREDENTIALS' },
  });
  rig.upwork.exchangeFails = undefined;
  await connect(process);
  await process.connection.disconnect({ revoke: false, purgeData: false });
  rig.upwork.identity = { ...rig.upwork.identity, userId: '16' };
  await connect(process, { force: false });
  expect(process.connection.status()).toMatchObject({ status: 'WRONG_ACCOUNT', nextAction: { kind: 'CONNECT' } });
  expect(rig.upwork.revocations, 'the tokens of the other account are given back').toEqual(['refresh-2']);
  await connect(process, { allowAccountChange: true });
  expect(process.connection.status()).toMatchObject({ status: 'CONNECTED', account: { externalId: '16' } });
});

it('knows nothing of a state that is missing, wrong or doubled (F1, F3)', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput);
  const doubled = new URLSearchParams([
    ['state', state],
    ['state', state],
    ['code', 'a-code'],
  ]);
  for (const parameters of [new URLSearchParams({ code: 'a-code' }), callback(`${state}x`), doubled])
    expect(await connection.complete(parameters)).toEqual({
      failure: expect.objectContaining({ code: 'STATE_MISMATCH' }),
    });
  expect(rig.upwork.exchanges).toBe(0);
  expect(connection.status().activeFlow?.status).toBe('PENDING');
});

it('keeps a flow open when the pasted address holds no code', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput);
  expect(await connection.complete(callback(state, {}))).toMatchObject({
    flow: { status: 'PENDING' },
    failure: { code: 'VALIDATION' },
  });
  expect((await connection.complete(callback(state))).flow?.status).toBe('COMPLETED');
});

it('binds a flow to the browser that began it (F2)', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput, 'nonce-of-this-browser');
  for (const nonce of [undefined, 'nonce-of-another'])
    expect(await connection.complete(callback(state), nonce)).toEqual({
      failure: expect.objectContaining({ code: 'STATE_MISMATCH', message: expect.stringContaining('another browser') }),
    });
  expect(rig.upwork.exchanges).toBe(0);
  expect((await connection.complete(callback(state), 'nonce-of-this-browser')).flow?.status).toBe('COMPLETED');
});

it('shows the first result to whoever comes again, or at the same time, with one token request (F5)', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput);
  const together = await Promise.all([1, 2, 3].map(() => connection.complete(callback(state))));
  const later = await connection.complete(callback(state, { code: 'another-code' }));
  expect(new Set([...together, later].map((result) => JSON.stringify(result))).size).toBe(1);
  expect(later.flow?.status).toBe('COMPLETED');
  expect(rig.upwork.exchanges).toBe(1);
});

it('ends a flow that nobody finished after ten minutes, and refuses a late callback', async () => {
  await using rig = await startRig();
  const { connection, secrets } = await rig.start();
  const { state, flow } = await connection.connect(connectInput);
  await rig.clock.advance(599_999);
  expect(connection.flow(flow.id)?.status).toBe('PENDING');
  await rig.clock.advance(1);
  expect(connection.flow(flow.id)).toMatchObject({ status: 'EXPIRED', failure: { code: 'FLOW_EXPIRED' } });
  expect(connection.flow(flow.id)?.authorizationUrl).toBeUndefined();
  expect(rig.told().slice(-2)).toEqual(['flow EXPIRED', 'CONNECTING → DISCONNECTED']);
  expect(await secrets.read('upwork/flow')).toBeUndefined();
  expect((await connection.complete(callback(state))).failure).toMatchObject({ code: 'FLOW_EXPIRED' });
  expect(rig.upwork.exchanges).toBe(0);
  expect(rig.clock.pending(), 'no timer is left behind').toBe(0);
});

it('refuses a late callback even where no timer has ended the flow', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state } = await connection.connect(connectInput);
  rig.clock.jump(600_000);
  expect((await connection.complete(callback(state))).flow?.status).toBe('EXPIRED');
  expect(rig.upwork.exchanges).toBe(0);
});

it('lets a newer flow take the place of an older one, and cancels on request', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const older = await connection.connect(connectInput);
  const newer = await connection.connect({ force: false, allowAccountChange: false, credentials });
  expect(connection.flow(older.flow.id)).toMatchObject({ status: 'CANCELLED', failure: { code: 'FLOW_EXPIRED' } });
  expect(await connection.cancelFlow(newer.flow.id)).toMatchObject({ status: 'CANCELLED' });
  expect(connection.status()).toMatchObject({ status: 'DISCONNECTED' });
  expect(connection.status().activeFlow).toBeUndefined();
  await expect(connection.cancelFlow(newer.flow.id)).rejects.toMatchObject({
    failures: [{ code: 'INVALID_TRANSITION', from: 'CANCELLED', allowed: [] }],
  });
  await expect(connection.cancelFlow('flow_x')).rejects.toMatchObject({ failures: [{ code: 'NOT_FOUND' }] });
  expect((await connection.complete(callback(newer.state))).flow?.status).toBe('CANCELLED');
  expect(rig.upwork.exchanges).toBe(0);
});

it('refuses to begin without credentials, over a live connection, and with input that is none', async () => {
  await using rig = await startRig();
  const process = await rig.start();
  const { connection } = process;
  await expect(connection.connect({ force: false, allowAccountChange: false })).rejects.toMatchObject({
    failures: [
      { code: 'PLATFORM_NOT_CONFIGURED', missingConfiguration: ['UPWORK_CLIENT_ID', 'UPWORK_CLIENT_SECRET_FILE'] },
    ],
  });
  const bad = { clientId: 'two words', clientSecret: '' };
  await expect(
    connection.connect({ ...connectInput, credentials: bad, returnTo: '//evil.test' }),
  ).rejects.toMatchObject({
    failures: [
      { code: 'VALIDATION', path: ['input', 'credentials', 'clientId'] },
      { code: 'VALIDATION', path: ['input', 'credentials', 'clientSecret'] },
      { code: 'VALIDATION', path: ['input', 'returnTo'] },
    ],
  });
  await connect(process);
  await expect(connection.connect(connectInput)).rejects.toMatchObject({ failures: [{ code: 'CONFLICT' }] });
  await connection.connect({ force: true, allowAccountChange: false });
  expect(connection.status(), 'a flow over a live connection changes nothing').toMatchObject({ status: 'CONNECTED' });
});

it.each(['//evil.test', '/\\evil.test', 'https://evil.test/', 'evil', '/.//evil.test', '/\tx', '/a\\b', ''])(
  'leads nowhere but to a path on this server: %j is refused (F126)',
  async (returnTo) => {
    await using rig = await startRig();
    const { connection } = await rig.start();
    await expect(connection.connect({ ...connectInput, returnTo })).rejects.toMatchObject({
      failures: [{ path: ['input', 'returnTo'] }],
    });
  },
);

it('takes the credentials of the environment at the start', async () => {
  await using rig = await startRig();
  const process = await rig.start({ settings: { environmentCredentials: credentials } });
  expect(process.connection.status().nextAction).toMatchObject({ kind: 'CONNECT' });
  const { state } = await process.connection.connect({ force: false, allowAccountChange: false });
  expect((await process.connection.complete(callback(state))).flow?.status).toBe('COMPLETED');
});

it('takes other credentials of the environment for a reason to try again', async () => {
  await using rig = await startRig();
  const process = await rig.start();
  rig.upwork.exchangeFails = new OAuthError('invalid_client', 'No.');
  await connect(process);
  await process.connection.close();
  const next = await rig.start({
    settings: { environmentCredentials: { ...credentials, clientSecret: 'the-right-one' } },
  });
  expect(next.connection.status()).toMatchObject({ status: 'DISCONNECTED', nextAction: { kind: 'CONNECT' } });
});

it('goes on after a restart with the flow that was open', async () => {
  await using rig = await startRig();
  const { connection } = await rig.start();
  const { state, flow } = await connection.connect(connectInput);
  await connection.close();
  const next = await rig.start();
  expect(next.connection.flow(flow.id)).toEqual(flow);
  expect((await next.connection.complete(callback(state))).flow?.status).toBe('COMPLETED');
});

it('does not fail a flow because a probe could not be answered, and asks it again later', async () => {
  await using rig = await startRig();
  const process = await rig.start();
  rig.upwork.probes.proposals = new UpworkError('unavailable', 'Away.');
  await connect(process);
  const grants = () => process.connection.status().scopes.map(({ name, granted }) => `${name} ${granted}`);
  expect(process.connection.status().status).toBe('CONNECTED');
  expect(grants()).toEqual(['job_search READ', 'proposals NONE', 'contracts READ_WRITE']);
  rig.upwork.probes.proposals = 'granted';
  await rig.clock.advance(5 * 60_000);
  expect(grants()).toEqual(['job_search READ', 'proposals READ_WRITE', 'contracts READ_WRITE']);
});

it('fails a flow of a restricted account', async () => {
  await using rig = await startRig();
  const process = await rig.start();
  rig.upwork.apiFails = new UpworkError('restricted', 'Your account is restricted.');
  expect((await connect(process)).failure).toMatchObject({ code: 'ACCOUNT_RESTRICTED' });
});
