import { expect, it } from 'vitest';
import { contract, job, milestone, preferences, proposal, scan, search, status } from './answers.ts';
import { ask, now, viewer } from './ask.ts';

const flow = {
  id: 'flow_1',
  status: 'PENDING' as const,
  redirectUri: 'http://localhost:4000/oauth/upwork/callback',
  createdAt: now,
  expiresAt: now,
};
const services = {
  jobs: { byId: (id: string) => (id === 'job_1' ? job() : undefined) },
  scanner: { scan: (id: string) => (id === 'scan_1' ? scan() : undefined) },
  searches: { byId: (id: string) => (id === 'search_1' ? search() : undefined) },
  connection: { flow: (id: string) => (id === 'flow_1' ? flow : undefined), status: () => status() },
  preferences: { current: () => preferences() },
  proposals: { byId: (id: string) => (id === 'proposal_1' ? proposal() : undefined) },
  contracts: {
    byId: (id: string) => (id === 'contract_1' ? contract() : undefined),
    milestone: (id: string) => (id === 'milestone_1' ? milestone() : undefined),
  },
  access: { tokens: () => [{ ...viewer('READ').apiToken }, { ...viewer('ADMIN').apiToken, id: 'tok_other' }] },
};

const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

it('finds whatever has an id, by its prefix, in the order asked for', async () => {
  const ids = [
    'scan_1',
    'job_1',
    'flow_1',
    'tok_other',
    'platform_upwork',
    'preferences_upwork',
    'proposal_1',
    'search_1',
    'contract_1',
    'milestone_1',
    'job_1',
  ];
  expect(await ask(nodes, { services, variables: { ids } })).toEqual({
    data: {
      nodes: [
        { __typename: 'Scan', id: 'scan_1' },
        { __typename: 'Job', id: 'job_1' },
        { __typename: 'ConnectionFlow', id: 'flow_1' },
        { __typename: 'ApiToken', id: 'tok_other' },
        { __typename: 'PlatformStatus', id: 'platform_upwork' },
        { __typename: 'ScanPreferences', id: 'preferences_upwork' },
        { __typename: 'Proposal', id: 'proposal_1' },
        { __typename: 'SavedSearch', id: 'search_1' },
        { __typename: 'Contract', id: 'contract_1' },
        { __typename: 'Milestone', id: 'milestone_1' },
        { __typename: 'Job', id: 'job_1' },
      ],
    },
  });
});

it('answers null to ids that are unknown, of no type, or garbage', async () => {
  const ids = ['job_2', 'evt_1', 'platform_', 'platform_fiverr', 'constructor_1', '_', '', 'job', '💥', 'tok_none'];
  expect(await ask(nodes, { services, variables: { ids } })).toEqual({ data: { nodes: ids.map(() => null) } });
});

it('answers null where the id is of another type than asked for', async () => {
  const document =
    '{ node(id: "nothing") { id } scan(id: "job_1") { id } job(id: "scan_1") { id } connectionFlow(id: "x") { id } }';
  expect(await ask(document, { services })).toEqual({
    data: { node: null, scan: null, job: null, connectionFlow: null },
  });
});

it('shows a token itself, and other tokens to ADMIN alone', async () => {
  const reply = await ask(nodes, { services, scopes: ['READ'], variables: { ids: ['tok_test'] } });
  expect(reply).toEqual({ data: { nodes: [{ __typename: 'ApiToken', id: 'tok_test' }] } });
  const other = await ask('{ node(id: "tok_other") { id } }', { services, scopes: ['READ'] });
  expect(other).toMatchObject({
    data: { node: null },
    errors: [{ extensions: { code: 'FORBIDDEN', requiredScope: 'ADMIN' } }],
  });
});

it('takes at most 100 ids at once', async () => {
  const ids = Array.from({ length: 101 }, () => 'job_1');
  const reply = await ask(nodes, { services, variables: { ids } });
  expect(reply.errors).toMatchObject([
    { message: '`ids` takes at most 100 ids, not 101.', extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
