import { expect, it } from 'vitest';
import { DomainError, type UserFailure } from '../../../src/services/failures/model.ts';
import { job, preferences, scan, status } from './answers.ts';
import { type Answers, ask, now } from './ask.ts';

/** Notes what a service is told, and answers. */
function told<Answer>(answer: Answer) {
  const calls: unknown[][] = [];
  const method = (...args: unknown[]) => {
    calls.push(args);
    return answer;
  };
  return { calls, method };
}

const flow = {
  id: 'flow_1',
  status: 'PENDING' as const,
  authorizationUrl: 'https://www.upwork.com/ab/account-security/oauth2/authorize?state=s',
  redirectUri: 'http://localhost:4000/oauth/upwork/callback',
  createdAt: now,
  expiresAt: now,
};

it('opens a flow, with every default in place when nothing is said', async () => {
  const connect = told(Promise.resolve({ flow, authorizationUrl: flow.authorizationUrl, state: 's', warnings: [] }));
  const services: Answers = { connection: { connect: connect.method } };
  const document = (input: string) =>
    `mutation { connectUpwork${input} { authorizationUrl state flowId expiresAt flow { id } warnings { code } errors { code } } }`;
  const done = {
    authorizationUrl: flow.authorizationUrl,
    state: 's',
    flowId: 'flow_1',
    expiresAt: '2026-10-01T12:00:00.000Z',
    flow: { id: 'flow_1' },
    warnings: [],
    errors: [],
  };
  expect(await ask(document(''), { services })).toEqual({ data: { connectUpwork: done } });
  expect(await ask(document('(input: {})'), { services })).toEqual({ data: { connectUpwork: done } });
  await ask(document('(input: {credentials: {clientId: "a", clientSecret: "b"}, force: true, returnTo: "/jobs"})'), {
    services,
    bindBrowser: () => 'nonce',
  });
  expect(connect.calls).toEqual([
    [{ force: false, allowAccountChange: false }, undefined],
    [{ force: false, allowAccountChange: false }, undefined],
    [
      { credentials: { clientId: 'a', clientSecret: 'b' }, returnTo: '/jobs', force: true, allowAccountChange: false },
      'nonce',
    ],
  ]);
});

it('completes a flow from a pasted URL or its parameters, and says how it ended', async () => {
  const failure: UserFailure = {
    type: 'AuthorizationFlowError',
    code: 'AUTHORIZATION_DENIED',
    message: 'Consent was refused.',
    flowId: 'flow_1',
    oauthError: 'access_denied',
  };
  const seen: string[] = [];
  const services: Answers = {
    connection: {
      status: () => status(),
      complete: async (parameters) => {
        parameters.sort();
        seen.push(parameters.toString());
        return { flow: { ...flow, status: 'DENIED', failure } };
      },
    },
  };
  const document = (input: string) => `mutation { completeUpworkConnection(input: ${input}) {
    platformStatus { id } flow { status error { code } } warnings { code }
    errors { __typename code message path ... on AuthorizationFlowError { flowId oauthError oauthErrorDescription } }
  } }`;
  const url = 'http://localhost:4000/oauth/upwork/callback?error=access_denied&state=s';
  expect(await ask(document(`{callbackUrl: "${url}"}`), { services })).toEqual({
    data: {
      completeUpworkConnection: {
        platformStatus: { id: 'platform_upwork' },
        flow: { status: 'DENIED', error: { code: 'AUTHORIZATION_DENIED' } },
        warnings: [],
        errors: [
          {
            __typename: 'AuthorizationFlowError',
            code: 'AUTHORIZATION_DENIED',
            message: 'Consent was refused.',
            path: null,
            flowId: 'flow_1',
            oauthError: 'access_denied',
            oauthErrorDescription: null,
          },
        ],
      },
    },
  });
  await ask(document('{authorization: {code: "c", state: "s"}}'), { services });
  await ask(document('{authorization: {code: "c", state: "s", iss: "i"}}'), { services });
  expect(seen).toEqual(['error=access_denied&state=s', 'code=c&state=s', 'code=c&iss=i&state=s']);
});

it('disconnects with every default in place when nothing is said', async () => {
  const disconnect = told(Promise.resolve({ revoked: true, purgedRecords: 0 }));
  const services: Answers = { connection: { disconnect: disconnect.method, status: () => status() } };
  const document = (input: string) =>
    `mutation { disconnectPlatform${input} { platformStatus { id } revoked purgedRecords errors { code } } }`;
  expect(await ask(document(''), { services })).toEqual({
    data: {
      disconnectPlatform: { platformStatus: { id: 'platform_upwork' }, revoked: true, purgedRecords: 0, errors: [] },
    },
  });
  await ask(document('(input: {revoke: false, purgeData: true})'), { services });
  expect(disconnect.calls).toEqual([[{ revoke: true, purgeData: false }], [{ revoke: false, purgeData: true }]]);
});

it('tells how a check went, and the status whichever way', async () => {
  const document =
    'mutation { checkPlatform { platformStatus { status } latency errors { code ... on UpstreamError { platform retryable httpStatus } } } }';
  const connected: Answers = { connection: { check: async () => ({ latencyMs: 250 }), status: () => status() } };
  expect(await ask(document, { services: connected })).toEqual({
    data: { checkPlatform: { platformStatus: { status: 'CONNECTED' }, latency: 'PT0.25S', errors: [] } },
  });
  const down: Answers = {
    connection: {
      check: () =>
        Promise.reject(
          new DomainError({
            type: 'UpstreamError',
            code: 'UPSTREAM_ERROR',
            message: 'Later.',
            retryable: true,
            httpStatus: 503,
          }),
        ),
      status: () => status(),
    },
  };
  expect(await ask(document, { services: down })).toEqual({
    data: {
      checkPlatform: {
        platformStatus: { status: 'CONNECTED' },
        latency: null,
        errors: [{ code: 'UPSTREAM_ERROR', platform: 'UPWORK', retryable: true, httpStatus: 503 }],
      },
    },
  });
});

it('ends a flow', async () => {
  const cancel = told(Promise.resolve({ ...flow, status: 'CANCELLED' as const }));
  expect(
    await ask('mutation { cancelConnectionFlow(input: {flowId: "flow_1"}) { flow { status } errors { code } } }', {
      services: { connection: { cancelFlow: cancel.method } },
    }),
  ).toEqual({ data: { cancelConnectionFlow: { flow: { status: 'CANCELLED' }, errors: [] } } });
  expect(cancel.calls).toEqual([['flow_1']]);
});

it('changes what was said of the preferences, clears what was null, and counts what would match', async () => {
  const update = told(
    preferences({
      version: 2,
      warnings: [{ code: 'INTERVAL_BELOW_RECOMMENDED', message: 'Short.', path: ['input', 'interval'] }],
    }),
  );
  const services: Answers = {
    preferences: { update: update.method },
    jobs: { countMatching: () => ({ count: 7, since: now }) },
  };
  const document = `mutation ($input: UpdateScanPreferencesInput!) { updateScanPreferences(input: $input) {
    scanPreferences { version interval } matchingJobs matchingJobsSince warnings { code message path docsUrl } errors { code }
  } }`;
  const input = {
    interval: '10m',
    quietHours: null,
    criteria: { keywords: null, hourlyRate: { max: 90 }, fixedBudget: null, maximumAge: 'P1D' },
    expectedVersion: 1,
  };
  expect(await ask(document, { services, variables: { input } })).toEqual({
    data: {
      updateScanPreferences: {
        scanPreferences: { version: 2, interval: 'PT30M' },
        matchingJobs: 7,
        matchingJobsSince: '2026-10-01T12:00:00.000Z',
        warnings: [
          { code: 'INTERVAL_BELOW_RECOMMENDED', message: 'Short.', path: ['input', 'interval'], docsUrl: null },
        ],
        errors: [],
      },
    },
  });
  await ask(document, { services, variables: { input: { criteria: null, dryRun: true } } });
  expect(update.calls).toEqual([
    [
      {
        intervalMs: 600_000,
        quietHours: null,
        criteria: {
          keywords: null,
          hourlyRate: { max: '90', currency: 'USD' },
          fixedBudget: null,
          maximumAgeMs: 86_400_000,
        },
      },
      { expectedVersion: 1, dryRun: false },
    ],
    [{ criteria: null }, { dryRun: true }],
  ]);
});

it('shows every problem of an input with its place, and nothing else of the payload', async () => {
  const failures: UserFailure[] = [
    {
      type: 'ValidationError',
      code: 'VALIDATION',
      message: 'Too short.',
      path: ['input', 'interval'],
      constraint: 'minimum',
      expected: 'PT1M',
      received: 'PT1S',
    },
    { type: 'ConflictError', code: 'CONFLICT', message: 'Changed.', currentVersion: 3 },
  ];
  const services: Answers = {
    preferences: {
      update: () => {
        throw new DomainError(failures);
      },
    },
  };
  const document = `mutation { updateScanPreferences(input: {interval: "1s"}) {
    scanPreferences { id } matchingJobs warnings { code }
    errors { __typename code message path ... on ValidationError { constraint expected received } ... on ConflictError { currentVersion } }
  } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      updateScanPreferences: {
        scanPreferences: null,
        matchingJobs: null,
        warnings: [],
        errors: [
          {
            __typename: 'ValidationError',
            code: 'VALIDATION',
            message: 'Too short.',
            path: ['input', 'interval'],
            constraint: 'minimum',
            expected: 'PT1M',
            received: 'PT1S',
          },
          { __typename: 'ConflictError', code: 'CONFLICT', message: 'Changed.', path: null, currentVersion: 3 },
        ],
      },
    },
  });
});

it('throws on what nobody foresaw, instead of showing it in a payload', async () => {
  const services: Answers = { connection: { check: () => Promise.reject(new Error('SQLITE_IOERR')) } };
  const reply = await ask('mutation { checkPlatform { errors { code } } }', { services });
  expect(reply.errors).toEqual([{ message: 'masked: SQLITE_IOERR' }]);
});

it('resets preferences, pauses and resumes with nothing said', async () => {
  const pause = told(undefined);
  const order: string[] = [];
  const services: Answers = {
    preferences: { reset: () => preferences({ version: 9 }), current: () => preferences() },
    jobs: { countMatching: () => ({ count: 0, since: now }) },
    connection: { status: () => status(), liftRestriction: () => void order.push('restriction lifted') },
    scanner: { pause: pause.method, resume: () => void order.push('resumed') },
  };
  expect(
    await ask('mutation { resetScanPreferences { scanPreferences { version } errors { code } } }', { services }),
  ).toEqual({
    data: { resetScanPreferences: { scanPreferences: { version: 9 }, errors: [] } },
  });
  const payload = '{ platformStatus { id } scanPreferences { id } errors { code } }';
  const both = { platformStatus: { id: 'platform_upwork' }, scanPreferences: { id: 'preferences_upwork' }, errors: [] };
  expect(await ask(`mutation { pauseScanning ${payload} resumeScanning ${payload} }`, { services })).toEqual({
    data: { pauseScanning: both, resumeScanning: both },
  });
  expect(pause.calls).toEqual([['Paused by hand', { kind: 'API_TOKEN', name: 'test' }]]);
  expect(order).toEqual(['restriction lifted', 'resumed']);
});

it.each(['   ', 'x'.repeat(501)])('refuses to pause for the reason "%s"', async (reason) => {
  const reply = await ask(
    'mutation ($reason: String!) { pauseScanning(input: {reason: $reason}) { errors { code path } } }',
    {
      variables: { reason },
    },
  );
  expect(reply).toEqual({ data: { pauseScanning: { errors: [{ code: 'VALIDATION', path: ['input', 'reason'] }] } } });
});

it('scans by hand with every default in place, joins a scan that runs, and stops one', async () => {
  const run = told(Promise.resolve({ scan: scan(), joined: true }));
  const services: Answers = { scanner: { run: run.method, cancel: async (id) => scan({ id, status: 'CANCELLED' }) } };
  const payload = '{ scan { id status } joined warnings { code } errors { code } }';
  const joined = { scan: { id: 'scan_1', status: 'RUNNING' }, joined: true, warnings: [], errors: [] };
  expect(await ask(`mutation { runScan ${payload} }`, { services })).toEqual({ data: { runScan: joined } });
  const input = { dryRun: true, idempotencyKey: 'k', criteria: { keywords: ['api'], skills: null } };
  await ask(`mutation ($input: RunScanInput!) { runScan(input: $input) ${payload} }`, {
    services,
    variables: { input },
  });
  expect(run.calls).toEqual([
    [{ trigger: 'MANUAL', dryRun: false }],
    [{ trigger: 'MANUAL', dryRun: true, idempotencyKey: 'k', criteria: { keywords: ['api'] } }],
  ]);
  expect(
    await ask('mutation { cancelScan(input: {scanId: "scan_9"}) { scan { id status } errors { code } } }', {
      services,
    }),
  ).toEqual({
    data: { cancelScan: { scan: { id: 'scan_9', status: 'CANCELLED' }, errors: [] } },
  });
});

it('says that no scan was joined where none could be run', async () => {
  const failure: UserFailure = {
    type: 'PlatformConnectionError',
    code: 'PLATFORM_NOT_CONNECTED',
    message: 'Connect.',
    status: 'DISCONNECTED',
    missingConfiguration: [],
  };
  const services: Answers = { scanner: { run: () => Promise.reject(new DomainError(failure)) } };
  const document =
    'mutation { runScan { scan { id } joined errors { code ... on PlatformConnectionError { platform status missingConfiguration } } } }';
  expect(await ask(document, { services })).toEqual({
    data: {
      runScan: {
        scan: null,
        joined: false,
        errors: [
          { code: 'PLATFORM_NOT_CONNECTED', platform: 'UPWORK', status: 'DISCONNECTED', missingConfiguration: [] },
        ],
      },
    },
  });
});

it('changes what is yours of jobs, leaves alone what is absent, and names ids that belong to none', async () => {
  const update = told(job({ triage: 'SEEN' }));
  const services: Answers = {
    jobs: { update: update.method, triage: () => ({ jobs: [job({ triage: 'DISMISSED' })], missing: ['job_x'] }) },
  };
  expect(
    await ask(
      'mutation { updateJob(input: {jobId: "job_1", triage: SEEN, notes: null}) { job { triage } errors { code } } }',
      { services },
    ),
  ).toEqual({ data: { updateJob: { job: { triage: 'SEEN' }, errors: [] } } });
  expect(update.calls).toEqual([[{ jobId: 'job_1', triage: 'SEEN', notes: null }]]);
  const document = `mutation { triageJobs(input: {jobIds: ["job_1", "job_x"], triage: DISMISSED}) {
    jobs { id triage } errors { __typename code path ... on NotFoundError { nodeId } }
  } }`;
  expect(await ask(document, { services })).toEqual({
    data: {
      triageJobs: {
        jobs: [{ id: 'job_1', triage: 'DISMISSED' }],
        errors: [{ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['input', 'jobIds', '1'], nodeId: 'job_x' }],
      },
    },
  });
});

it('makes API tokens and shows their secret once', async () => {
  const apiToken = { id: 'tok_2', name: 'ci', prefix: 'prs_abcd', scopes: ['READ' as const], createdAt: now };
  const create = told({ apiToken, secret: 'prs_secret' });
  const services: Answers = { access: { createToken: create.method } };
  const document = `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) {
    apiToken { id name prefix scopes createdAt expiresAt } secret errors { code path message }
  } }`;
  const input = { name: ' ci ', scopes: ['READ', 'READ'], expiresIn: 'P30D' };
  expect(await ask(document, { services, variables: { input } })).toEqual({
    data: {
      createApiToken: {
        apiToken: { ...apiToken, createdAt: '2026-10-01T12:00:00.000Z', expiresAt: null },
        secret: 'prs_secret',
        errors: [],
      },
    },
  });
  expect(create.calls).toEqual([[{ name: 'ci', scopes: ['READ'], expiresInMs: 2_592_000_000 }]]);
  const bad = { name: ' ', scopes: [], expiresIn: 'PT1S' };
  const reply = await ask(document, { services: {}, variables: { input: bad } });
  expect(reply.data?.['createApiToken']).toMatchObject({
    apiToken: null,
    secret: null,
    errors: [{ path: ['input', 'name'] }, { path: ['input', 'scopes'] }, { path: ['input', 'expiresIn'] }],
  });
});

it('revokes API tokens, and says which id belongs to none', async () => {
  const services: Answers = { access: { revokeToken: () => undefined } };
  const document = 'mutation { revokeApiToken(input: {apiTokenId: "tok_x"}) { apiToken { id } errors { code path } } }';
  expect(await ask(document, { services })).toEqual({
    data: { revokeApiToken: { apiToken: null, errors: [{ code: 'NOT_FOUND', path: ['input', 'apiTokenId'] }] } },
  });
});

it('makes a login link for any token, with the code in the fragment', async () => {
  const services: Answers = { access: { createLoginLink: () => ({ code: 'prl_x', expiresAt: now }) } };
  expect(await ask('mutation { createLoginLink { url expiresAt } }', { services, scopes: [] })).toEqual({
    data: { createLoginLink: { url: 'http://localhost:4000/login#prl_x', expiresAt: '2026-10-01T12:00:00.000Z' } },
  });
});
