import { expect, it } from 'vitest';
import { createUpworkClient } from '../../../src/services/upwork/client.ts';
import { connectUpwork, signIn } from './rig.ts';

const scan = { purpose: 'SCAN' } as const;

async function connect(options: Parameters<typeof connectUpwork>[0] = {}) {
  const upwork = await connectUpwork(options);
  const client = createUpworkClient({ api: upwork.api, clock: upwork.clock });
  const { control } = upwork.sandbox;
  /** Takes scopes from the key; that ends all tokens, so the next call replaces its own. */
  const without = (...names: string[]) => {
    control.set({ scopes: control.set().scopes.filter((scope) => !names.includes(scope)) });
    upwork.tokens.renew = async () => (await signIn(upwork.sandbox, upwork.oauth)).accessToken;
  };
  return { ...upwork, client, control, without, [Symbol.asyncDispose]: () => upwork.sandbox.close() };
}

it('Prospector reads who the token speaks for, and makes do without the scope for names', async () => {
  await using upwork = await connect();
  const { client, without } = upwork;
  const organizations = [
    { id: '1500000000000000001', title: 'Jane F.' },
    { id: '1700000000000000001', title: 'Northwind Agency' },
  ];
  const jane = {
    userId: '1500000000000000000',
    userName: 'janefreelancer',
    organizationId: '1500000000000000001',
    organizationName: 'Jane F.',
    organizations,
  };
  expect(await client.identity()).toEqual({ ...jane, displayName: 'Jane F.', email: 'jane@example.test' });
  without('pub-userdetails:read:all');
  expect(await client.identity()).toEqual({ ...jane, displayName: 'janefreelancer' });
});

it('Prospector reads the category tree', async () => {
  await using upwork = await connect();
  const tree = await upwork.client.categories();
  expect(tree).toHaveLength(12);
  expect(tree.find(({ label }) => label === 'Web, Mobile & Software Dev')).toMatchObject({
    externalId: expect.stringMatching(/^\d+$/),
    subcategories: expect.arrayContaining([{ externalId: expect.stringMatching(/^\d+$/), label: 'Web Development' }]),
  });
});

it('Prospector reads postings as they are', async () => {
  await using upwork = await connect();
  const { client, control } = upwork;
  const { id } = control.post({
    title: 'GraphQL\u0000 API\tin TypeScript',
    description: 'Two\r\nlines',
    subcategory: 'Web Development',
    jobType: 'HOURLY',
    hourlyMin: 40,
    hourlyMax: 70.5,
    experienceLevel: 'EXPERT',
    duration: 'MONTH',
    engagement: '30+ hrs/week',
    skills: ['GraphQL', 'TypeScript'],
    questions: ['First?', 'Second?'],
    totalApplicants: 24,
    freelancersToHire: 1,
    preferredFreelancerLocation: ['Germany', 'Austria'],
    preferredFreelancerLocationMandatory: true,
    createdAt: '2026-01-05T11:00:00Z',
    publishedAt: '2026-01-05T11:00:01Z',
    renewedAt: null,
    client: {
      country: 'GBR',
      city: 'Leeds',
      timezone: 'Europe/London',
      verificationStatus: null,
      totalHires: 3,
      totalPostedJobs: 4,
      totalSpent: 1234.5,
      totalReviews: 2,
      totalFeedback: 4.9,
    },
  });
  const page = await client.search({}, { first: 10, after: '0' }, scan);
  const [posting] = page.postings;
  expect({ ...page, postings: [{ ...posting, raw: JSON.parse(String(posting?.raw)).id, invitesSent: 'any' }] }).toEqual(
    {
      postings: [
        {
          externalId: id,
          ciphertext: `~02${id}`,
          title: 'GraphQL API in TypeScript',
          preferredLocations: ['Germany', 'Austria'],
          isLocationMandatory: true,
          description: 'Two\nlines',
          type: 'HOURLY',
          hourlyRate: { min: { amount: '40', currency: 'USD' }, max: { amount: '70.5', currency: 'USD' } },
          experienceLevel: 'EXPERT',
          workload: 'MORE_THAN_30_HOURS',
          duration: 'ONE_TO_3_MONTHS',
          categoryId: '531770282580668418',
          categoryLabel: 'Web, Mobile & Software Dev',
          subcategoryId: expect.stringMatching(/^\d+$/),
          subcategoryLabel: 'Web Development',
          skills: ['GraphQL', 'TypeScript'],
          questions: [
            { position: 1, text: 'First?', required: true },
            { position: 2, text: 'Second?', required: true },
          ],
          client: {
            country: 'GB',
            city: 'Leeds',
            timeZone: 'Europe/London',
            rating: '4.9',
            paymentVerified: false,
            reviewCount: 2,
            totalSpent: { amount: '1234.5', currency: 'USD' },
            hires: 3,
            jobsPosted: 4,
          },
          proposals: 24,
          interviewing: 2,
          invitesSent: 'any',
          hires: 0,
          state: 'OPEN',
          applied: false,
          postedAt: new Date('2026-01-05T11:00:01Z'),
          raw: id,
        },
      ],
      received: 1,
      nulled: 0,
      totalCount: 1,
      hasNextPage: false,
      endCursor: '1',
      problems: [],
    },
  );
});

it('Prospector sends the coarse filter by its documented names, pages from "0", newest first, and leaves out what is empty', async () => {
  await using upwork = await connect();
  const { client, control } = upwork;
  for (let index = 0; index < 5; index++)
    control.post({
      title: `p${index}`,
      createdAt: `2026-01-05T11:0${index}:00Z`,
      publishedAt: `2026-01-05T11:0${index}:00Z`,
      renewedAt: null,
    });
  const page = await client.search({}, { first: 2, after: '0' }, scan);
  expect(page).toMatchObject({ received: 2, totalCount: 5, hasNextPage: true, endCursor: '2' });
  expect(page.postings.map(({ title }) => title)).toEqual(['p4', 'p3']);
  const last = await client.search({}, { first: 2, after: '4' }, { purpose: 'DIAGNOSIS' });
  expect(last).toMatchObject({ received: 1, hasNextPage: false });
  expect(upwork.budget.heard.filter((entry) => entry !== 'eased')).toEqual(['take SCAN', 'take DIAGNOSIS']);
  await client.search(
    {
      expression: 'react OR vue',
      categoryIds: ['1'],
      subcategoryIds: ['2', '3'],
      jobType: 'FIXED',
      experienceLevel: 'ENTRY_LEVEL',
      verifiedPaymentOnly: true,
    },
    { first: 50, after: '0' },
    scan,
  );
  await client.search(
    { expression: '', categoryIds: [], subcategoryIds: [], verifiedPaymentOnly: false },
    { first: 50, after: '0' },
    scan,
  );
  const sort = [{ field: 'RECENCY' }];
  expect(
    upwork.sandbox.control
      .journal()
      .slice(-2)
      .map(({ variables }) => variables),
  ).toEqual([
    {
      sort,
      filter: {
        pagination_eq: { first: 50, after: '0' },
        searchExpression_eq: 'react OR vue',
        categoryIds_any: ['1'],
        subcategoryIds_any: ['2', '3'],
        jobType_eq: 'FIXED',
        experienceLevel_eq: 'ENTRY_LEVEL',
        verifiedPaymentOnly_eq: true,
      },
    },
    { sort, filter: { pagination_eq: { first: 50, after: '0' } } },
  ]);
});

it('Prospector counts edges that Upwork nulled, and keeps the others (FACTS §3.1)', async () => {
  await using upwork = await connect();
  const { client, control } = upwork;
  control.burst(4);
  control.fail({ target: 'graphql', kind: 'null-edges', count: 2 });
  const page = await client.search({}, { first: 4, after: '0' }, scan);
  expect([page.received, page.nulled, page.postings.length, page.problems.length]).toEqual([4, 2, 2, 2]);
  control.fail({ target: 'graphql', kind: 'partial', field: 'totalSpent' });
  const partial = await client.search({}, { first: 4, after: '0' }, scan);
  expect([partial.nulled, partial.postings.length, partial.problems.length]).toEqual([0, 4, 4]);
  expect(partial.postings.map(({ client: { totalSpent } }) => totalSpent)).toEqual(Array(4).fill(undefined));
});

it('Prospector searches on without screening questions where the key may not read them, and names a scope it cannot do without', async () => {
  await using upwork = await connect();
  const { client, control, without, api } = upwork;
  control.post({ title: 'asks', questions: ['Why?'], experienceLevel: 'EXPERT' });
  without('Job Details - Read-Only');
  const page = await client.search({}, { first: 5, after: '0' }, scan);
  expect(page.postings).toMatchObject([{ title: 'asks', questions: [], experienceLevel: 'EXPERT' }]);
  const before = api.sent();
  await client.search({}, { first: 5, after: '0' }, scan);
  expect(api.sent() - before, 'it has learnt').toBe(1);
  control.set({ scopes: [...control.set().scopes, 'Job Details - Read-Only'] });
  await client.identity();
  expect((await client.search({}, { first: 5, after: '0' }, scan)).postings[0]?.questions).toHaveLength(1);
  without('pub-commons:read:all');
  await expect(client.search({}, { first: 5, after: '0' }, scan)).rejects.toMatchObject({
    code: 'missing_scopes',
    missing: expect.arrayContaining(['Money.rawValue', 'PageInfo.endCursor']),
  });
});

it('Prospector finds out by probing what a key may do, and tells a missing scope from what Upwork does not offer (FACTS §4)', async () => {
  await using upwork = await connect();
  const { client, control, without } = upwork;
  const identity = await client.identity();
  const names = ['job_search', 'proposals', 'contract_list', 'work_history', 'connects'] as const;
  const probeAll = async () => {
    const found: string[] = [];
    for (const name of names) found.push(await client.probe(name, identity));
    return found;
  };
  expect(await probeAll()).toEqual(['granted', 'granted', 'not_offered', 'granted', 'granted']);
  control.set({ contracts: 'allowed' });
  expect(await client.probe('contract_list', identity)).toBe('granted');
  without('pub-talent-profiles:write:all', 'pub-contract:write:all', 'Ad Credits and Connects');
  expect(await probeAll()).toEqual(['granted', 'missing', 'missing', 'granted', 'missing']);
  control.fail({ target: 'graphql', kind: 'challenge' });
  await expect(client.probe('job_search', identity)).rejects.toMatchObject({ code: 'challenge' });
});

it('Prospector reads the Connects that are left, or nothing where it may not', async () => {
  await using upwork = await connect();
  expect(await upwork.client.connectsBalance()).toBe(120);
  upwork.without('Ad Credits and Connects');
  expect(await upwork.client.connectsBalance()).toBeUndefined();
});
