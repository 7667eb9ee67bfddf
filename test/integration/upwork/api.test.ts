import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/control/faults.ts';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { connectUpwork } from './rig.ts';

const whoami = { name: 'WhoAmI', document: 'query WhoAmI { user { id } organization { id } }', kind: 'query' } as const;
const submit = {
  name: 'Submit',
  document:
    'mutation Submit($input: CreateJobProposalInput!) { createJobProposal(input: $input) { newProposalId status error } }',
  kind: 'mutation',
} as const;
const proposal = {
  input: {
    selectedContractor: { id: '1500000000000000000', oDeskUserID: 'janefreelancer' },
    jobReference: '1',
    chargedAmount: 10,
    coverLetter: '',
    teamOrgId: '1500000000000000001',
  },
};
const jane = { user: { id: '1500000000000000000' }, organization: { id: '1500000000000000001' } };
const identity = { purpose: 'IDENTITY' } as const;

it('Prospector asks Upwork with its token, through the budget, for the organization it works for (FACTS §3)', async () => {
  await using upwork = await connectUpwork();
  const { api, tokens, sandbox, budget, heard } = upwork;
  expect(await api.request(whoami, {}, identity)).toEqual({ data: jane, fieldErrors: [] });
  tokens.tenantId = '1700000000000000001';
  expect((await api.request(whoami, {}, { purpose: 'SCAN' })).data['organization']).toEqual({
    id: '1700000000000000001',
  });
  expect(api.sent()).toBe(2);
  expect(budget.heard).toEqual(['take IDENTITY', 'eased', 'take SCAN', 'eased']);
  expect(heard).toEqual(['answered', 'answered']);
  expect(sandbox.control.journal().filter(({ target }) => target === 'graphql')).toMatchObject([
    { operation: 'WhoAmI', tenant: null },
    { operation: 'WhoAmI', tenant: '1700000000000000001' },
  ]);
});

it('Prospector replaces a token that a 401 refused once, and gives up when the next is refused too (F22)', async () => {
  await using upwork = await connectUpwork();
  const { api, tokens, sandbox, heard } = upwork;
  sandbox.control.expireAccessTokens();
  expect((await api.request(whoami, {}, identity)).data).toEqual(jane);
  expect([tokens.replaced, api.sent()]).toEqual([1, 2]);
  sandbox.control.expireAccessTokens();
  expect((await api.request(submit, proposal, { purpose: 'PROPOSALS' })).data['createJobProposal']).toBeTruthy();
  expect([tokens.replaced, api.sent()]).toEqual([2, 4]);
  sandbox.control.fail({ target: 'graphql', kind: 'status', status: 401, times: 2 });
  await expect(api.request(whoami, {}, identity)).rejects.toMatchObject({ code: 'unauthorized', httpStatus: 401 });
  expect([tokens.replaced, api.sent()]).toEqual([3, 6]);
  expect(heard).toEqual(['answered', 'answered', 'unauthorized']);
});

const passing: [name: string, fault: Omit<Fault, 'target'>][] = [
  ['502 with a page', { kind: 'html' }],
  ['503', { kind: 'status', status: 503 }],
  ['Transform timeout', { kind: 'graphql-error', message: 'Transform timeout' }],
  ['Exception occurred', { kind: 'graphql-error', message: 'Exception occurred' }],
  ['a connection reset', { kind: 'reset' }],
  ['half an answer', { kind: 'truncate' }],
  ['half an answer, then a cut', { kind: 'truncate', drop: true }],
];

it.each(passing)(
  'Prospector asks again after %s, at most three times, and never repeats a mutation',
  async (_name, fault) => {
    await using upwork = await connectUpwork();
    const { api, sandbox, slept, heard } = upwork;
    sandbox.control.fail({ target: 'graphql', times: 3, ...fault });
    expect((await api.request(whoami, {}, identity)).data).toEqual(jane);
    expect([api.sent(), slept, heard]).toEqual([4, [1_000, 2_000, 4_000], ['answered']]);
    sandbox.control.fail({ target: 'graphql', times: 5, ...fault });
    const error: UpworkError = await api.request(whoami, {}, identity).catch((thrown) => thrown);
    expect(error.name).toBe('UpworkError');
    expect(api.sent()).toBe(8);
    await expect(api.request(submit, proposal, { purpose: 'PROPOSALS' })).rejects.toMatchObject({ code: error.code });
    expect(api.sent()).toBe(9);
    expect(heard).toEqual(['answered', error.code, error.code]);
  },
);

const lasting: [name: string, fault: Omit<Fault, 'target'>, expected: Partial<UpworkError>][] = [
  ['a challenge page', { kind: 'challenge' }, { code: 'challenge', httpStatus: 403, requestId: 'sandbox-403' }],
  ['a challenge page with 503', { kind: 'challenge', status: 503 }, { code: 'challenge', httpStatus: 503 }],
  ['a page with 200', { kind: 'html', status: 200 }, { code: 'unexpected_response', httpStatus: 200 }],
  [
    'a redirect',
    { kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:1/' } },
    { code: 'unexpected_response', httpStatus: 307 },
  ],
  ['404', { kind: 'status', status: 404, body: '{}' }, { code: 'unexpected_response', httpStatus: 404 }],
  [
    'a missing scope',
    {
      kind: 'graphql-error',
      classification: 'ExecutionAborted',
      message:
        "The client or authentication token doesn't have enough oauth2 permissions/scopes to access: [Money.currency, Query.contract].",
    },
    {
      code: 'missing_scopes',
      httpStatus: 200,
      requestId: 'sandbox-200',
      missing: ['Money.currency', 'Query.contract'],
    },
  ],
  [
    'a missing product tier',
    { kind: 'graphql-error', message: 'Authorization failed' },
    { code: 'authorization_failed' },
  ],
  ['a bad parameter', { kind: 'graphql-error', message: 'VJCA-6: Input parameter …' }, { code: 'bad_parameter' }],
  [
    'an invalid query',
    { kind: 'graphql-error', classification: 'ValidationError', message: 'Validation error of type WrongType' },
    { code: 'invalid_query' },
  ],
  [
    'no data for a reason nobody knows',
    { kind: 'graphql-error', message: 'Surprise' },
    { code: 'unexpected_response' },
  ],
];

it.each(lasting)('Prospector knows %s for what it is, and does not ask again', async (_name, fault, expected) => {
  await using upwork = await connectUpwork();
  const { api, sandbox, heard, grant } = upwork;
  sandbox.control.fail({ target: 'graphql', ...fault });
  const error: UpworkError = await api.request(whoami, {}, identity).catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'UpworkError', ...expected });
  expect([api.sent(), heard]).toEqual([1, [expected.code]]);
  expect(inspect(error, { depth: 10 })).not.toContain(grant.accessToken);
});

it.each(['http', 'graphql'] as const)('Prospector knows a restricted account by %s (F108)', async (restricted) => {
  await using upwork = await connectUpwork();
  upwork.sandbox.control.set({ restricted });
  await expect(upwork.api.request(whoami, {}, identity)).rejects.toMatchObject({ code: 'restricted' });
  expect(upwork.api.sent()).toBe(1);
});

it('Prospector uses what came with a denied or nulled field, and tells of it (F96)', async () => {
  await using upwork = await connectUpwork();
  const { api, sandbox } = upwork;
  const { id } = sandbox.control.post({ title: 'one' });
  const detail = {
    name: 'Detail',
    document: 'query Detail($id: ID!) { marketplaceJobPosting(id: $id) { id ownership { company { id } } } }',
    kind: 'query',
  } as const;
  expect(await api.request(detail, { id }, { purpose: 'DETAIL' })).toEqual({
    data: { marketplaceJobPosting: { id, ownership: { company: null } } },
    fieldErrors: [expect.stringMatching(/^marketplaceJobPosting\.ownership\.company: 403.*view_client_company/)],
  });
  expect(await api.request(detail, { id: '7' }, { purpose: 'DETAIL' })).toEqual({
    data: { marketplaceJobPosting: null },
    fieldErrors: ['marketplaceJobPosting: 404 Not Found: job posting not found'],
  });
});

const pauses: [value: string | null, throttled: string][] = [
  ['7', 'throttled 7000'],
  ['0', 'throttled 1000'],
  ['-5', 'throttled 1000'],
  ['1e9', 'throttled 3600000'],
  ['1000000000', 'throttled 3600000'],
  [new Date(Date.now() + 86_400_000).toUTCString(), 'throttled 3600000'],
  [new Date(Date.now() - 86_400_000).toUTCString(), 'throttled 1000'],
  ['soon', 'throttled undefined'],
  [null, 'throttled undefined'],
];

it.each(pauses)(
  'Prospector hands a 429 with Retry-After %s to the budget, and asks again as that allows (F91, F92)',
  async (value, throttled) => {
    await using upwork = await connectUpwork();
    const { api, sandbox, budget, slept } = upwork;
    sandbox.control.fail({ target: 'graphql', kind: 'retry-after', value });
    expect((await api.request(whoami, {}, identity)).data).toEqual(jane);
    expect(budget.heard).toEqual(['take IDENTITY', throttled, 'take IDENTITY', 'eased']);
    expect(slept, 'the budget does the waiting').toEqual([]);
  },
);

it('Prospector ends a call with 429 when the budget would wait too long, or when it was a mutation', async () => {
  await using upwork = await connectUpwork();
  const { api, sandbox, budget, heard } = upwork;
  sandbox.control.fail({ target: 'graphql', kind: 'retry-after', value: '600' });
  budget.throttled = (retryAfterMs) => {
    budget.refuse = new UpworkError('rate_limited', 'A pause.', retryAfterMs === undefined ? {} : { retryAfterMs });
    return new Date('2026-01-05T12:10:00Z');
  };
  await expect(api.request(whoami, {}, identity)).rejects.toMatchObject({
    code: 'rate_limited',
    httpStatus: 429,
    requestId: 'sandbox-429',
    retryAfterMs: 600_000,
  });
  expect(api.sent()).toBe(1);
  await expect(api.request(whoami, {}, identity)).rejects.toMatchObject({ code: 'rate_limited', message: 'A pause.' });
  budget.refuse = undefined;
  sandbox.control.fail({ target: 'graphql', kind: 'retry-after', value: '600' });
  await expect(api.request(submit, proposal, { purpose: 'PROPOSALS' })).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 600_000,
  });
  expect(api.sent()).toBe(2);
  expect(heard).toEqual(['rate_limited', 'rate_limited', 'rate_limited']);
});

it('Prospector stops at once when the caller gives up, and nobody hears of it as a failure of Upwork', async () => {
  await using upwork = await connectUpwork();
  const { api, sandbox, heard } = upwork;
  sandbox.control.fail({ target: 'graphql', kind: 'timeout' });
  const stop = new AbortController();
  const call = api.request(whoami, {}, { purpose: 'SCAN', signal: stop.signal });
  await expect.poll(() => sandbox.control.journal().filter(({ fault }) => fault === 'timeout').length).toBe(1);
  stop.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await expect(api.request(whoami, {}, { purpose: 'SCAN', signal: stop.signal })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect([api.sent(), heard]).toEqual([1, []]);
});
