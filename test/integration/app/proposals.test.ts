import { expect, it } from 'vitest';
import { type App, startApp } from '../../support/app.ts';

const fields =
  'id status contentHash externalId submissionMode handoffUrl version blockers { code } history { status source }';
const payload = `{ proposal { ${fields} } errors { __typename code message path } warnings { code } }`;

/** A job in the sandbox that a scan has found, and a draft for it that nothing stops. */
async function draft(app: App, more: object = {}) {
  const posting = app.sandbox.control.post({ questions: [], jobType: 'HOURLY', ...more });
  await app.scan();
  const { jobByExternalId: job } = await app.data('query ($id: String!) { jobByExternalId(externalId: $id) { id } }', {
    id: posting.id,
  });
  const { createProposalDraft } = await app.data(
    `mutation ($input: CreateProposalDraftInput!) { createProposalDraft(input: $input) ${payload} }`,
    { input: { jobId: job.id, coverLetter: 'Three such APIs.', terms: { rate: '55' } } },
  );
  expect(createProposalDraft.errors).toEqual([]);
  return { posting, proposal: createProposalDraft.proposal };
}

const submit = (app: App, proposal: { id: string; contentHash: string }, idempotencyKey = proposal.contentHash) =>
  app
    .data(`mutation ($input: SubmitProposalInput!) { submitProposal(input: $input) ${payload} }`, {
      input: { proposalId: proposal.id, contentHash: proposal.contentHash, idempotencyKey },
    })
    .then(({ submitProposal }) => submitProposal);

const read = (app: App, id: string) =>
  app.data(`query ($id: ID!) { proposal(id: $id) { ${fields} } }`, { id }).then(({ proposal }) => proposal);

/** One sync from its beginning to its end: what was under way before may have read already what has changed since. */
async function sync(app: App) {
  const begin = () => app.data('mutation { syncPlatform { started errors { code } } }');
  const last = () =>
    app.data('{ platformStatus { lastSyncAt } }').then(({ platformStatus }) => platformStatus.lastSyncAt);
  const patience = { timeout: 15_000, interval: 50 };
  await expect.poll(async () => (await begin()).syncPlatform.started, patience).not.toEqual([]);
  const before = await last();
  await expect.poll(last, patience).not.toBe(before);
}

it('a proposal is drafted, confirmed, sent, followed from view to hire and becomes a contract, each step told once', async () => {
  await using app = await startApp({ connected: true });
  app.sandbox.control.set({ contracts: 'allowed', lifePace: 'off' });
  const { proposal } = await draft(app);
  const { system } = await app.data('{ system { latestEventCursor } }');
  const feed = app.follow(
    'subscription ($after: String, $ids: [ID!]) { proposalUpdated(after: $after, proposalIds: $ids) { previous proposal { id status } } }',
    { after: system.latestEventCursor, ids: [proposal.id] },
  );
  const sent = await submit(app, proposal);
  expect(sent).toMatchObject({ errors: [], proposal: { status: 'SUBMITTED', submissionMode: 'API' } });
  const { externalId } = sent.proposal;
  const seen: string[] = [sent.proposal.status];
  const steps = [
    () => app.sandbox.control.viewProposal(externalId),
    () => app.sandbox.control.moveProposal(externalId, 'Activated'),
    () => app.sandbox.control.moveProposal(externalId, 'Offered'),
    () => app.sandbox.control.moveProposal(externalId, 'Hired'),
  ];
  for (const step of steps) {
    step();
    await sync(app);
    seen.push((await read(app, proposal.id)).status);
  }
  expect(seen).toEqual(['SUBMITTED', 'VIEWED', 'INTERVIEWING', 'OFFERED', 'HIRED']);
  const previous: string[] = [];
  while (previous.at(-1) !== 'OFFERED') previous.push((await feed.next()).data.proposalUpdated.previous);
  expect(previous).toEqual(['DRAFT', 'SUBMITTING', 'SUBMITTED', 'VIEWED', 'INTERVIEWING', 'OFFERED']);
  await feed.end();
  const { contracts } = await app.data(
    '{ contracts { nodes { status proposal { id } job { id } client { country } } } }',
  );
  expect(contracts.nodes).toMatchObject([{ status: 'ACTIVE', proposal: { id: proposal.id } }]);
});

it('every other ending of a proposal shows: declined, withdrawn, archived, refused, unknown, handed over', async () => {
  await using app = await startApp({ connected: true });
  app.sandbox.control.set({ lifePace: 'off', connects: 10_000 });
  for (const [upstream, status] of [
    ['Declined', 'DECLINED'],
    ['Withdrawn', 'WITHDRAWN'],
    ['Archived', 'ARCHIVED'],
  ] as const) {
    const { proposal } = await draft(app);
    const sent = await submit(app, proposal);
    app.sandbox.control.moveProposal(sent.proposal.externalId, upstream);
    await sync(app);
    expect((await read(app, proposal.id)).status).toBe(status);
  }
  const refused = await draft(app);
  app.sandbox.control.set({ refuseProposals: 'UNEXPECTED_ERROR' });
  expect(await submit(app, refused.proposal)).toMatchObject({
    errors: [{ __typename: 'ProposalError', code: 'SUBMISSION_REFUSED' }],
  });
  expect((await read(app, refused.proposal.id)).status).toBe('FAILED');
  app.sandbox.control.set({ refuseProposals: null });

  const slow = await draft(app);
  app.sandbox.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'slow', delayMs: 1_500 });
  const sending = submit(app, slow.proposal);
  await expect.poll(async () => (await read(app, slow.proposal.id)).status).toBe('SUBMITTING');
  expect((await sending).proposal.status).toBe('SUBMITTED');

  const lost = await draft(app);
  app.sandbox.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'reset-after' });
  expect((await submit(app, lost.proposal)).proposal.status).toBe('OUTCOME_UNKNOWN');
  await sync(app);
  expect((await read(app, lost.proposal.id)).status).toBe('SUBMITTED');
  expect(app.sandbox.control.counters()['graphql.createJobProposal']).toBe(6);
});

it('a key that may not submit hands over to the person, and the next sync notices what they did', async () => {
  await using app = await startApp();
  const { scopes } = app.sandbox.control.set();
  app.sandbox.control.set({
    scopes: scopes.filter((scope) => scope !== 'pub-submit-proposal:write:all'),
    lifePace: 'off',
  });
  await app.connect();
  const { posting, proposal } = await draft(app);
  const handed = await submit(app, proposal);
  expect(handed).toMatchObject({
    errors: [],
    proposal: {
      status: 'AWAITING_MANUAL_SUBMISSION',
      submissionMode: 'MANUAL_HANDOFF',
      handoffUrl: `https://www.upwork.com/nx/proposals/job/~02${posting.id}/apply/`,
    },
  });
  app.sandbox.control.apply(posting.id);
  await sync(app);
  expect((await read(app, proposal.id)).status).toBe('SUBMITTED');
});

it('contracts and milestones show every state they can have', async () => {
  await using app = await startApp({ connected: true });
  app.sandbox.control.set({ contracts: 'allowed', lifePace: 'off' });
  app.sandbox.control.addContract({
    title: 'All states',
    milestones: [
      { state: 'NotFunded' },
      { state: 'Active' },
      { state: 'Submitted' },
      { state: 'Rejected' },
      { state: 'Paid' },
      { state: 'CancelledByClient' },
    ],
  });
  app.sandbox.control.addContract({ title: 'Paused', status: 'PAUSED' });
  app.sandbox.control.addContract({ title: 'Ended', status: 'CLOSED' });
  await sync(app);
  const { contracts } = await app.data('{ contracts { nodes { title status milestones { status } } } }');
  const byTitle = Object.fromEntries(contracts.nodes.map((node: { title: string }) => [node.title, node]));
  expect(byTitle['All states'].milestones.map(({ status }: { status: string }) => status)).toEqual([
    'NOT_FUNDED',
    'FUNDED',
    'SUBMITTED',
    'CHANGES_REQUESTED',
    'PAID',
    'CANCELLED',
  ]);
  expect([byTitle['All states'].status, byTitle['Paused'].status, byTitle['Ended'].status]).toEqual([
    'ACTIVE',
    'PAUSED',
    'ENDED',
  ]);
});

it('disconnecting with purgeData deletes jobs, proposals and contracts', async () => {
  await using app = await startApp({ connected: true });
  app.sandbox.control.set({ contracts: 'allowed', lifePace: 'off' });
  await draft(app);
  const sent = await draft(app);
  await submit(app, sent.proposal);
  app.sandbox.control.addContract();
  await sync(app);
  const { disconnectPlatform } = await app.data(
    'mutation { disconnectPlatform(input: { purgeData: true }) { purgedRecords errors { code } platformStatus { status } } }',
  );
  expect(disconnectPlatform).toEqual({ purgedRecords: 5, errors: [], platformStatus: { status: 'DISCONNECTED' } });
  const { contracts, jobs, proposals } = await app.data(
    '{ contracts { totalCount } jobs { totalCount } proposals { totalCount } }',
  );
  expect([contracts.totalCount, jobs.totalCount, proposals.totalCount]).toEqual([0, 0, 0]);
  const { node } = await app.data('query ($id: ID!) { node(id: $id) { id } }', { id: sent.proposal.id });
  expect(node).toBeNull();
});
