import { expect, it } from 'vitest';
import { openRig, readyDraft } from '../proposals/rig.ts';

const hour = 3_600_000;
const newest = { orderBy: { field: 'STARTED_AT', direction: 'DESC' } } as const;

it('reads whole contracts where the key may: terms, limits, milestones with states, and earnings summed from them', async () => {
  await using rig = await openRig();
  rig.control.set({ contracts: 'allowed' });
  const { proposal, job } = await readyDraft(rig, {
    jobType: 'FIXED',
    fixedAmount: 900,
    client: { country: 'Germany' },
  });
  const { proposal: sent } = await rig.proposals.submit({
    proposalId: proposal.id,
    contentHash: proposal.contentHash,
    idempotencyKey: 'k',
  });
  await rig.proposals.sync();
  rig.control.addContract({
    postingId: job.externalId,
    title: 'GraphQL API',
    amount: 900,
    milestones: [
      { description: 'Schema', amount: 300, state: 'Paid', dueAt: '2026-01-04T00:00:00Z' },
      { description: 'Server', amount: 600.5, state: 'Active', dueAt: '2026-01-20T00:00:00Z' },
      { description: 'Extra', amount: 50, state: 'CancelledByClient' },
    ],
  });
  rig.control.addContract({
    title: 'By the hour',
    jobType: 'HOURLY',
    amount: 62.5,
    weeklyLimit: 15,
    startedAt: '2025-12-01T00:00:00Z',
  });
  expect(await rig.contracts.sync()).toMatchObject({ source: 'contract_list', seen: 2, changed: 2 });
  const [fixed, hourly] = rig.contracts.list(newest).edges.map(({ node }) => node);
  const usd = (amount: string) => ({ amount, currency: 'USD' });
  expect(fixed).toMatchObject({
    title: 'GraphQL API',
    status: 'ACTIVE',
    type: 'FIXED_PRICE',
    rate: usd('900'),
    jobId: job.id,
    proposalId: sent.id,
    client: { country: 'DE' },
    earnings: { funded: usd('900.5'), paid: usd('300'), remaining: usd('600.5') },
    milestones: [
      {
        title: 'Schema',
        amount: usd('300'),
        status: 'PAID',
        dueOn: '2026-01-04',
        overdue: false,
        paidAt: rig.clock.now(),
      },
      { title: 'Server', amount: usd('600.5'), status: 'FUNDED', dueOn: '2026-01-20', overdue: false },
      { title: 'Extra', status: 'CANCELLED', overdue: false },
    ],
  });
  expect(hourly).toMatchObject({ type: 'HOURLY', rate: usd('62.5'), weeklyLimit: '15', milestones: [] });
  expect(hourly?.earnings).toBeUndefined();
  expect(rig.contracts.ofProposal(sent.id)?.id).toBe(fixed?.id);
});

it('falls back to the work history where the key may not, and says so', async () => {
  await using rig = await openRig();
  rig.control.addContract({ title: 'GraphQL API', jobType: 'HOURLY', amount: 55 });
  expect(await rig.contracts.sync()).toMatchObject({ source: 'work_history', seen: 1, changed: 1 });
  expect(await rig.contracts.sync()).toMatchObject({ source: 'work_history', seen: 1, changed: 0 });
  expect(rig.contracts.list(newest).edges.map(({ node }) => node)).toMatchObject([
    { title: 'GraphQL API', type: 'HOURLY', rate: { amount: '55', currency: 'USD' }, milestones: [] },
  ]);
});

it('names the labels to tick where the key may read neither', async () => {
  await using rig = await openRig({ scopes: ['pub-commons:read:all', 'pub-userdetails:read:all'] });
  await expect(rig.contracts.sync()).rejects.toMatchObject({
    code: 'missing_scopes',
    message: expect.stringMatching(/"Contract - Read and Write Access" or "Talent Profile - Read And Write Access"/),
  });
});

it('tells each change once: the contract, and every milestone that moved', async () => {
  await using rig = await openRig();
  rig.control.set({ contracts: 'allowed' });
  const planted = rig.control.addContract({ amount: 500, milestones: [{ amount: 200 }, { amount: 300 }] });
  await rig.contracts.sync();
  const after = rig.events.read({ limit: 100 }).at(-1)?.seq ?? 0;
  const [first] = planted.milestones;
  rig.control.moveMilestone(planted.id, first?.id ?? '', { state: 'Submitted' });
  await rig.contracts.sync();
  await rig.contracts.sync();
  rig.control.moveContract(planted.id, 'PAUSED');
  await rig.contracts.sync();
  const contract = rig.contracts.list(newest).edges[0]?.node;
  expect(rig.events.read({ after, limit: 100 })).toMatchObject([
    {
      type: 'CONTRACT_UPDATED',
      subjectId: contract?.id,
      milestoneId: contract?.milestones[0]?.id,
      changed: ['status'],
    },
    { type: 'CONTRACT_UPDATED', subjectId: contract?.id, changed: ['status'] },
  ]);
  expect(contract?.status).toBe('PAUSED');
});

it('announces a milestone 48 h and 24 h ahead, overdue once, and a new date anew; finished ones never', async () => {
  await using rig = await openRig();
  rig.control.set({ contracts: 'allowed' });
  const planted = rig.control.addContract({
    milestones: [
      { description: 'Due', dueAt: '2026-01-08T12:00:00Z', state: 'Active' },
      { description: 'Paid', dueAt: '2026-01-06T12:00:00Z', state: 'Paid' },
    ],
  });
  await rig.contracts.sync();
  const after = rig.events.read({ limit: 100 }).at(-1)?.seq ?? 0;
  for (let step = 0; step < 100; step++) {
    await rig.advance(hour);
    rig.contracts.announceDue();
  }
  const announced = () =>
    rig.events
      .read({ after, limit: 100 })
      .map((event) => [event.type === 'CONTRACT_UPDATED' && event.changed[0], event.occurredAt.toISOString()]);
  expect(announced()).toEqual([
    ['dueIn48h', '2026-01-06T12:00:00.000Z'],
    ['dueIn24h', '2026-01-07T12:00:00.000Z'],
    ['overdue', '2026-01-08T12:00:00.000Z'],
  ]);
  expect(rig.contracts.list(newest).edges[0]?.node.milestones.map(({ overdue }) => overdue)).toEqual([true, false]);
  rig.control.moveMilestone(planted.id, planted.milestones[0]?.id ?? '', { dueAt: '2026-01-10T12:00:00Z' });
  await rig.contracts.sync();
  rig.contracts.announceDue();
  await rig.advance(5 * hour);
  rig.contracts.announceDue();
  expect(announced().slice(3)).toEqual([
    ['dueAt', '2026-01-09T16:00:00.000Z'],
    ['dueIn24h', '2026-01-09T16:00:00.000Z'],
  ]);
});

it('pages contracts by what was earned, last and first', async () => {
  await using rig = await openRig();
  rig.control.set({ contracts: 'allowed' });
  for (const amount of [100, 300, 200])
    rig.control.addContract({ title: `c${amount}`, milestones: [{ amount, state: 'Paid' }] });
  await rig.contracts.sync();
  const titles = (page: object) =>
    rig.contracts
      .list({ orderBy: { field: 'EARNED', direction: 'DESC' }, ...page })
      .edges.map(({ node }) => node.title);
  const first = rig.contracts.list({ orderBy: { field: 'EARNED', direction: 'DESC' }, first: 2 });
  expect(first.edges.map(({ node }) => node.title)).toEqual(['c300', 'c200']);
  expect(titles({ first: 2, after: first.edges[1]?.cursor })).toEqual(['c100']);
  expect(titles({ last: 1 })).toEqual(['c100']);
  expect(rig.contracts.count({ types: ['FIXED_PRICE'] })).toBe(3);
});

it('10.4 a milestone that the client deleted goes and is not announced, once a list that was read whole is without it', async () => {
  await using rig = await openRig();
  rig.control.set({ contracts: 'allowed' });
  const planted = rig.control.addContract({
    milestones: [
      { description: 'Stays', dueAt: '2026-03-08T12:00:00Z', state: 'Active' },
      { description: 'Goes', dueAt: '2026-01-06T12:00:00Z', state: 'Active' },
    ],
  });
  await rig.contracts.sync();
  const titles = () => rig.contracts.list(newest).edges[0]?.node.milestones.map(({ title }) => title);
  rig.control.removeMilestone(planted.id, planted.milestones[1]?.id ?? '');
  rig.control.fail({ target: 'graphql', operation: 'ContractsByIds', kind: 'partial-root', field: 'dueDateTime' });
  expect((await rig.contracts.sync()).unread).not.toEqual([]);
  expect(titles(), 'an error came beside the list').toEqual(['Stays', 'Goes']);
  const after = rig.events.read({ limit: 100 }).at(-1)?.seq ?? 0;
  expect((await rig.contracts.sync()).unread).toEqual([]);
  expect(titles()).toEqual(['Stays']);
  rig.contracts.announceDue();
  const contract = rig.contracts.list(newest).edges[0]?.node;
  expect(rig.events.read({ after, limit: 100 })).toMatchObject([
    { type: 'CONTRACT_UPDATED', subjectId: contract?.id, changed: expect.arrayContaining(['milestones']) },
  ]);
});

it.each(['terms', 'milestones', 'fixedPriceTerms'])(
  '10.1 a contract whose %s cannot be read keeps what is known of it, and that is said',
  async (field) => {
    await using rig = await openRig();
    rig.control.set({ contracts: 'allowed' });
    rig.control.addContract({ amount: 500, milestones: [{ amount: 200, state: 'Paid' }, { amount: 300 }] });
    await rig.contracts.sync();
    const before = rig.contracts.list(newest).edges[0]?.node;
    rig.control.fail({ target: 'graphql', operation: 'ContractsByIds', kind: 'partial-root', field });
    const { unread, changed } = await rig.contracts.sync();
    expect(unread.length).toBeGreaterThan(0);
    expect(changed).toBe(0);
    expect(rig.contracts.list(newest).edges[0]?.node).toEqual(before);
  },
);
