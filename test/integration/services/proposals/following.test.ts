import { expect, it } from 'vitest';
import { openRig, readyDraft, refusal } from './rig.ts';

const hour = 3_600_000;

it.each([
  ['Accepted', 'SUBMITTED'],
  ['Pending', 'SUBMITTED'],
  ['Activated', 'INTERVIEWING'],
  ['Offered', 'OFFERED'],
  ['Hired', 'HIRED'],
  ['Declined', 'DECLINED'],
  ['Withdrawn', 'WITHDRAWN'],
  ['Archived', 'ARCHIVED'],
] as const)('reads %s of Upwork as %s', async (upstream, status) => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  const { proposal: sent } = await rig.proposals.submit({
    proposalId: proposal.id,
    contentHash: proposal.contentHash,
    idempotencyKey: 'k',
  });
  await rig.advance(hour);
  rig.control.moveProposal(sent.externalId ?? '', upstream, 'Their words');
  await rig.proposals.sync();
  expect(rig.proposals.byId(sent.id)?.status).toBe(status);
  const last = rig.proposals.history(sent.id).at(-1);
  if (status !== 'SUBMITTED')
    expect(last).toEqual({ status, occurredAt: rig.clock.now(), source: 'SYNC', note: 'Their words' });
});

it('follows a proposal step by step, tells each change once, and counts what became of it', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  const { proposal: sent } = await rig.proposals.submit({
    proposalId: proposal.id,
    contentHash: proposal.contentHash,
    idempotencyKey: 'k',
  });
  const after = rig.events.read({ limit: 100 }).at(-1)?.seq ?? 0;
  await rig.advance(hour);
  rig.control.viewProposal(sent.externalId ?? '');
  await rig.proposals.sync();
  await rig.proposals.sync();
  await rig.advance(hour);
  rig.control.moveProposal(sent.externalId ?? '', 'Activated');
  expect(await rig.proposals.sync()).toEqual({ seen: 1, changed: 1, unread: [] });
  expect(rig.events.read({ after, limit: 100, types: ['PROPOSAL_UPDATED'] })).toMatchObject([
    { subjectId: sent.id, previous: 'SUBMITTED' },
    { subjectId: sent.id, previous: 'VIEWED' },
  ]);
  expect(rig.proposals.stats()).toEqual({
    submitted: 1,
    viewed: 1,
    interviewed: 1,
    hired: 0,
    responseRate: '1',
    hireRate: '0',
    connectsSpent: 0,
    medianTimeToResponseMs: 2 * hour,
    byStatus: [{ status: 'INTERVIEWING', count: 1 }],
  });
  expect(
    await refusal(() => rig.proposals.updateDraft({ proposalId: sent.id, coverLetter: 'Too late' })),
  ).toMatchObject([
    { code: 'INVALID_TRANSITION', from: 'INTERVIEWING', allowed: ['DRAFT', 'AWAITING_MANUAL_SUBMISSION', 'FAILED'] },
  ]);
});

it('does not trust the status filter of Upwork, nor its totals', async () => {
  await using rig = await openRig();
  rig.control.set({ proposalFilter: 'ignored', connects: 10_000 });
  for (let index = 0; index < 45; index++) {
    const { proposal } = await readyDraft(rig);
    await rig.proposals.submit({
      proposalId: proposal.id,
      contentHash: proposal.contentHash,
      idempotencyKey: `k${index}`,
    });
  }
  for (const { id } of rig.control.proposals().slice(0, 20)) rig.control.moveProposal(id, 'Declined');
  expect(await rig.proposals.sync()).toEqual({ seen: 45, changed: 20, unread: [] });
  expect(rig.proposals.count({ statuses: ['DECLINED'] })).toBe(20);
  expect(rig.proposals.count({ statuses: ['SUBMITTED'] })).toBe(25);
});

it('shows proposals made elsewhere, with their job, also when no scan has ever seen it', async () => {
  await using rig = await openRig();
  const posting = rig.control.post({ title: 'Never scanned', questions: [] });
  const elsewhere = await rig.job({ title: 'Scanned' });
  const draft = await rig.proposals.createDraft({ jobId: elsewhere.id, coverLetter: 'A draft' });
  for (const id of [posting.id, elsewhere.externalId]) rig.control.apply(id, { amount: 70 });
  expect(await rig.proposals.sync()).toEqual({ seen: 2, changed: 2, unread: [] });
  const found = rig.proposals
    .list({ orderBy: { field: 'CREATED_AT', direction: 'ASC' } })
    .edges.map(({ node }) => node);
  expect(found.map(({ status, coverLetter, jobId }) => [status, coverLetter, rig.jobs.byId(jobId)?.title])).toEqual([
    ['SUBMITTED', 'A draft', 'Scanned'],
    ['SUBMITTED', 'By hand', 'Never scanned'],
  ]);
  expect(found[0]?.id, 'the draft has become the proposal').toBe(draft.proposal.id);
  expect(rig.jobs.byId(elsewhere.id)?.triage).toBe('APPLIED');
});

it('goes on without the field that an older API does not know', async () => {
  await using rig = await openRig();
  rig.control.fail({
    target: 'graphql',
    operation: 'MyProposals',
    kind: 'graphql-error',
    message: "Validation error of type FieldUndefined: Field 'viewedByClient' in type 'VendorProposal' is undefined",
    classification: 'ValidationError',
  });
  expect(await rig.proposals.sync()).toEqual({ seen: 0, changed: 0, unread: [] });
});
