import { expect, it } from 'vitest';
import { createUpworkProposals } from '../../../src/services/upwork/calls/proposal-calls.ts';
import { createUpworkClient } from '../../../src/services/upwork/client.ts';
import { connectUpwork } from './rig.ts';

const first = { first: 10, after: '0' };
const scan = { purpose: 'SCAN' } as const;
const node = 'MarketplaceJobPostingSearchResult';

it('10.15 a field that Upwork has dropped is left out, alone or with what stands below it, and the rest is read', async () => {
  await using upwork = await connectUpwork();
  const client = createUpworkClient(upwork);
  upwork.sandbox.control.post({ title: 'A zebra' });
  upwork.sandbox.control.set({
    withoutFields: ['MarketplaceJobPostingSearchClientInfo.totalSpent', `${node}.durationLabel`, `${node}.job`],
  });
  const page = await client.search({}, first, scan);
  expect(page.postings).toMatchObject([{ title: 'A zebra' }]);
  expect(page.postings[0]?.client).not.toHaveProperty('totalSpent');
  expect([...(upwork.losses.kept.get('SearchJobs') ?? [])].sort()).toEqual(
    ['client.totalSpent', 'durationLabel', 'job'].map((path) => `marketplaceJobPostingsSearch.edges.node.${path}`),
  );
  const sent = upwork.budget.heard.length;
  await client.search({}, first, scan);
  expect(upwork.budget.heard.filter((entry) => entry === 'take SCAN').length).toBe(3);
  expect(upwork.budget.heard.length).toBeGreaterThan(sent);
  expect(upwork.heard).toEqual(['answered', 'answered']);
});

it('10.15 one can connect when Upwork drops companySelector, and whatever else is not whose token it is', async () => {
  await using upwork = await connectUpwork();
  upwork.sandbox.control.set({ withoutFields: ['Query.companySelector', 'CurrentUser.photoUrl'] });
  const identity = await createUpworkClient(upwork).identity();
  expect(identity).toMatchObject({ userName: expect.any(String), organizations: [] });
});

it('10.15 what is indispensable is never left out: without it the query is refused, and nothing is made up', async () => {
  await using upwork = await connectUpwork();
  const client = createUpworkClient(upwork);
  upwork.sandbox.control.set({ withoutFields: ['CurrentUser.nid'] });
  await expect(client.identity()).rejects.toMatchObject({ code: 'invalid_query' });
  upwork.sandbox.control.set({ withoutFields: [`${node}.id`, `${node}.ciphertext`, 'MarketplaceJobPosting.id'] });
  await expect(client.search({}, first, scan)).rejects.toMatchObject({ code: 'invalid_query' });
  expect(upwork.losses.kept.size).toBe(0);
});

it.each([
  "Validation error (FieldUndefined@[marketplaceJobPostingsSearch/edges/node/renewedDateTime]) : Field 'renewedDateTime' in type 'X' is undefined",
  "Validation error of type FieldUndefined: Field 'renewedDateTime' in type 'X' is undefined @ 'marketplaceJobPostingsSearch/edges/node/renewedDateTime'",
  'Cannot query field "renewedDateTime" on type "X".',
])('10.15 the field is understood in every form an answer names it: %s', async (message) => {
  await using upwork = await connectUpwork();
  upwork.sandbox.control.fail({
    target: 'graphql',
    kind: 'graphql-error',
    message,
    classification: 'ValidationError',
  });
  await createUpworkClient(upwork).search({}, first, scan);
  expect(upwork.losses.kept.get('SearchJobs')).toEqual(['marketplaceJobPostingsSearch.edges.node.renewedDateTime']);
});

it('10.15 an answer that names nothing is asked for the core alone', async () => {
  await using upwork = await connectUpwork();
  upwork.sandbox.control.post({ title: 'A zebra' });
  const message = 'Validation error: something is not as it was';
  upwork.sandbox.control.fail({
    target: 'graphql',
    kind: 'graphql-error',
    message,
    classification: 'ValidationError',
  });
  const { postings } = await createUpworkClient(upwork).search({}, first, scan);
  expect(postings).toMatchObject([{ title: 'A zebra', client: {} }]);
});

it('10.15 a part of the filter that Upwork has dropped is left out, never the page', async () => {
  await using upwork = await connectUpwork();
  upwork.sandbox.control.post({ title: 'A zebra', jobType: 'FIXED' });
  upwork.sandbox.control.fail({
    target: 'graphql',
    kind: 'graphql-error',
    message:
      'Variable "$filter" got invalid value; Field "jobType_eq" is not defined by type "MarketplaceJobPostingsSearchFilter".',
    classification: 'ValidationError',
  });
  const { postings } = await createUpworkClient(upwork).search({ jobType: 'HOURLY' }, first, scan);
  expect(postings).toMatchObject([{ title: 'A zebra' }]);
  expect(upwork.losses.kept.get('SearchJobs')).toEqual(['filter.jobType_eq']);
});

it('10.15 proposals are read without the fields Upwork drops', async () => {
  await using upwork = await connectUpwork();
  upwork.sandbox.control.set({ withoutFields: ['VendorProposal.viewedByClient', 'VendorProposal.terms'] });
  expect(await createUpworkProposals(upwork.api).list({})).toEqual({ proposals: [], unread: [], isWhole: true });
});
