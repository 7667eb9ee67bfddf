import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openRig, type Rig, readyDraft, refusal } from './rig.ts';

const minute = 60_000;
const submissions = ({ control }: Rig) => control.counters()['graphql.createJobProposal'] ?? 0;
const submit = (rig: Rig, proposal: { id: string; contentHash: string }, idempotencyKey = 'key') =>
  rig.proposals.submit({ proposalId: proposal.id, contentHash: proposal.contentHash, idempotencyKey });

it('sends exactly what was confirmed, once, and replays the outcome to a repeated key', async () => {
  await using rig = await openRig();
  const { proposal, job } = await readyDraft(rig, { questions: ['One?'] });
  const { proposal: ready } = rig.proposals.updateDraft({
    proposalId: proposal.id,
    answers: [{ position: 1, answer: 'Yes' }],
  });
  const { proposal: sent } = await submit(rig, ready);
  expect(sent).toMatchObject({
    status: 'SUBMITTED',
    submissionMode: 'API',
    externalId: rig.control.proposals()[0]?.id,
    submittedAt: rig.clock.now(),
    handoffUrl: `https://www.upwork.com/ab/proposals/${rig.control.proposals()[0]?.id}`,
  });
  expect(rig.control.proposals()).toMatchObject([
    {
      postingId: job.externalId,
      coverLetter: 'Three such APIs in 2025.',
      amount: 55,
      answers: [{ question: 'One?', answer: 'Yes' }],
    },
  ]);
  expect((await submit(rig, ready)).proposal).toEqual(sent);
  expect(submissions(rig)).toBe(1);
  expect(rig.jobs.byId(job.id)?.triage).toBe('APPLIED');
  expect(rig.proposals.history(ready.id).map(({ status, source }) => [status, source])).toEqual([
    ['DRAFT', 'YOU'],
    ['SUBMITTING', 'YOU'],
    ['SUBMITTED', 'API'],
  ]);
});

it('sends nothing when what was read has changed since, or when the key was used for something else', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.proposals.updateDraft({ proposalId: proposal.id, terms: { boostConnects: 1 } });
  expect(await refusal(() => submit(rig, proposal))).toMatchObject([
    { code: 'CONFLICT', path: ['input', 'contentHash'] },
  ]);
  const { proposal: other } = await readyDraft(rig);
  await submit(rig, other, 'used');
  const current = rig.proposals.byId(proposal.id);
  expect(await refusal(() => submit(rig, current ?? proposal, 'used'))).toMatchObject([
    { code: 'IDEMPOTENCY_CONFLICT' },
  ]);
  expect(submissions(rig)).toBe(1);
  expect(current?.status).toBe('DRAFT');
});

it('sends once however often it is confirmed at the same time', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) => submit(rig, proposal, `key ${index % 2}`)),
  );
  expect(submissions(rig)).toBe(1);
  expect(rig.control.proposals()).toHaveLength(1);
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(rig.proposals.byId(proposal.id)?.status).toBe('SUBMITTED');
});

it('tells refusals of Upwork in plain words, replays them, and lets the person change and confirm anew', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.set({ refuseProposals: 'UNEXPECTED_ERROR' });
  const first = await refusal(() => submit(rig, proposal));
  expect(first).toMatchObject([
    {
      type: 'ProposalError',
      code: 'SUBMISSION_REFUSED',
      reason: 'UNEXPECTED_ERROR',
      message: expect.stringContaining('Nothing was submitted'),
    },
  ]);
  expect(await refusal(() => submit(rig, proposal))).toEqual(first);
  expect(rig.proposals.byId(proposal.id)?.status).toBe('FAILED');
  rig.control.set({ refuseProposals: null });
  const { proposal: changed } = rig.proposals.updateDraft({ proposalId: proposal.id, coverLetter: 'A better one' });
  expect(changed.status).toBe('DRAFT');
  expect((await submit(rig, changed, 'second key')).proposal.status).toBe('SUBMITTED');
});

it.each([
  ['ALREADY_APPLIED', 'ALREADY_APPLIED'],
  ['JOB_CLOSED', 'JOB_CLOSED'],
  ['INSUFFICIENT_CONNECTS', 'INSUFFICIENT_CONNECTS'],
])('knows the refusal %s', async (reason, code) => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.set({ refuseProposals: reason });
  expect(await refusal(() => submit(rig, proposal))).toMatchObject([{ code, reason }]);
});

it('does not know the outcome when no answer comes, never sends again, and finds it by reading back', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'reset-after' });
  expect((await submit(rig, proposal)).proposal.status).toBe('OUTCOME_UNKNOWN');
  expect((await submit(rig, proposal)).proposal.status).toBe('OUTCOME_UNKNOWN');
  await rig.advance(15_000);
  await expect.poll(() => rig.proposals.byId(proposal.id)?.status).toBe('SUBMITTED');
  expect(rig.proposals.byId(proposal.id)?.externalId).toBe(rig.control.proposals()[0]?.id);
  expect(submissions(rig)).toBe(1);
});

it('calls an attempt failed that Upwork does not show after ten minutes, not before, and sends it only when confirmed anew', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'reset' });
  await submit(rig, proposal);
  await rig.proposals.sync();
  expect(rig.proposals.byId(proposal.id)?.status).toBe('OUTCOME_UNKNOWN');
  await rig.advance(9 * minute);
  await rig.proposals.sync();
  expect(rig.proposals.byId(proposal.id)?.status).toBe('OUTCOME_UNKNOWN');
  await rig.advance(2 * minute);
  await rig.proposals.sync();
  expect(rig.proposals.byId(proposal.id)?.status).toBe('FAILED');
  expect((await refusal(() => submit(rig, proposal, 'anew')))[0]?.code, 'a failed one is looked at first').toBe(
    'INVALID_TRANSITION',
  );
  const { proposal: draft } = rig.proposals.updateDraft({ proposalId: proposal.id });
  expect((await submit(rig, draft, 'anew')).proposal.status).toBe('SUBMITTED');
  expect(rig.control.proposals()).toHaveLength(1);
});

it('takes up after a crash what was being sent: a new process reads back and does not send', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'timeout' });
  const hanging = submit(rig, proposal);
  await expect.poll(() => submissions(rig)).toBe(1);
  const next = rig.again();
  next.start();
  expect(next.byId(proposal.id)?.status).toBe('OUTCOME_UNKNOWN');
  await rig.advance(11 * minute);
  await next.sync();
  expect(next.byId(proposal.id)?.status).toBe('FAILED');
  expect((await hanging).proposal.status, 'as it was when the wait for an answer ended').toBe('OUTCOME_UNKNOWN');
  expect(submissions(rig)).toBe(1);
  next.close();
});

it('goes back to the draft when it surely was not sent, and lets the same key try again', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'retry-after', value: '60' });
  expect(await refusal(() => submit(rig, proposal))).toMatchObject([{ code: 'RATE_LIMITED' }]);
  expect(rig.proposals.byId(proposal.id)?.status).toBe('DRAFT');
  expect((await submit(rig, proposal)).proposal.status).toBe('SUBMITTED');
});

it('hands over to the person where the key may not submit, whether that was known before or shows now', async () => {
  await using rig = await openRig();
  rig.status.capabilities = [
    { capability: 'SUBMIT_PROPOSAL', availability: 'MISSING_SCOPE', requiredScopes: ['proposals'] },
  ];
  const { proposal, job } = await readyDraft(rig);
  const { proposal: handed } = await submit(rig, proposal);
  expect(handed).toMatchObject({
    status: 'AWAITING_MANUAL_SUBMISSION',
    submissionMode: 'MANUAL_HANDOFF',
    handoffUrl: `https://www.upwork.com/nx/proposals/job/~02${job.externalId}/apply/`,
  });
  expect(submissions(rig)).toBe(0);
  const marked = rig.proposals.markSubmitted({ proposalId: handed.id, externalId: '2100000000000001001' });
  expect(marked.proposal).toMatchObject({ status: 'SUBMITTED', externalId: '2100000000000001001' });
});

it('offers no withdrawal by API: it gives the page, and the next sync notices', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  const { proposal: sent } = await submit(rig, proposal);
  const [failure] = await refusal(() => rig.proposals.withdraw({ proposalId: sent.id }));
  expect(failure).toMatchObject({
    code: 'CAPABILITY_UNSUPPORTED',
    capability: 'WITHDRAW_PROPOSAL',
    handoffUrl: sent.handoffUrl,
  });
  rig.control.moveProposal(sent.externalId ?? '', 'Withdrawn');
  await rig.proposals.sync();
  expect(rig.proposals.byId(sent.id)?.status).toBe('WITHDRAWN');
});

it.each([
  ['a nulled root with the words of a denied scope', { kind: 'null-root', message: '403 forbidden' }],
  ['a nulled root with the words of a dead token', { kind: 'null-root', message: 'invalid token' }],
  ['a nulled root with the words of a limit', { kind: 'null-root', message: 'Too many requests: rate limit' }],
  ['a nulled root with the words of a restriction', { kind: 'null-root', message: 'Your account is restricted' }],
  [
    'a nulled root with the words of a validation',
    { kind: 'null-root', message: 'Validation error of type WrongType' },
  ],
  ['an id beside an error', { kind: 'payload-error' }],
] as const)('10.2 words decide nothing: %s is an unknown outcome, which reading back settles', async (_what, fault) => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', ...fault });
  expect((await submit(rig, proposal)).proposal.status).toBe('OUTCOME_UNKNOWN');
  await rig.proposals.sync();
  expect(rig.proposals.byId(proposal.id)).toMatchObject({
    status: 'SUBMITTED',
    externalId: rig.control.proposals()[0]?.id,
  });
  expect(submissions(rig)).toBe(1);
});

it.each([
  ['HTTP 401', { kind: 'status', status: 401, times: 2 }, 'AUTH_EXPIRED', 'DRAFT'],
  ['HTTP 429', { kind: 'status', status: 429 }, 'RATE_LIMITED', 'DRAFT'],
  [
    'a validation error in place of the whole operation',
    { kind: 'graphql-error', message: 'Validation error of type WrongType', classification: 'ValidationError' },
    'UPSTREAM_ERROR',
    'DRAFT',
  ],
] as const)('10.2 what cannot have been carried out was not sent: %s', async (_what, fault, code, status) => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', ...fault });
  expect(await refusal(() => submit(rig, proposal))).toMatchObject([{ code }]);
  expect(rig.proposals.byId(proposal.id)?.status).toBe(status);
  expect(rig.control.proposals()).toEqual([]);
});

it('10.2 an operation that was aborted for a scope is handed over to the person', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  const message =
    "The client or authentication token doesn't have enough oauth2 permissions/scopes to access: [Mutation.createJobProposal].";
  const fault = { kind: 'graphql-error', message, classification: 'ExecutionAborted' } as const;
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', ...fault });
  expect((await submit(rig, proposal)).proposal.status).toBe('AWAITING_MANUAL_SUBMISSION');
});

it('10.3 answers in time that it is under way, and tells the end as an event', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'slow', delayMs: 1_000 });
  const after = rig.events.position(rig.events.latestCursor());
  const submitting = submit(rig, proposal);
  await expect.poll(() => submissions(rig)).toBe(1);
  await rig.clock.advance(5_000);
  expect((await submitting).proposal.status).toBe('SUBMITTING');
  expect((await submit(rig, proposal)).proposal.status, 'repeated with the same key').toBe('SUBMITTING');
  await expect.poll(() => rig.proposals.byId(proposal.id)?.status).toBe('SUBMITTED');
  const steps = rig.events.read({ after, limit: 10, types: ['PROPOSAL_UPDATED'] });
  expect(steps).toMatchObject([
    { previous: 'DRAFT', status: 'SUBMITTING' },
    { previous: 'SUBMITTING', status: 'SUBMITTED' },
  ]);
  expect(submissions(rig)).toBe(1);
});

it.each([
  ['its entry is nulled', { kind: 'null-edges' }],
  ['the list is nulled', { kind: 'null-list' }],
  ['the list has another name', { kind: 'rename-list' }],
  ['the entry has no job', { kind: 'partial', field: 'marketplaceJobPosting' }],
  ['the entry has no status', { kind: 'partial', field: 'status' }],
] as const)('10.1 absence proves nothing while %s: the outcome stays unknown and says why', async (_what, fault) => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig);
  rig.control.fail({ target: 'graphql', operation: 'SubmitProposal', kind: 'reset-after' });
  expect((await submit(rig, proposal)).proposal.status).toBe('OUTCOME_UNKNOWN');
  rig.control.fail({ target: 'graphql', operation: 'MyProposals', times: 1_000, ...fault });
  rig.control.setClock({ advanceMs: 11 * minute });
  rig.clock.jump(11 * minute);
  const { unread } = await rig.proposals.sync();
  expect(unread.length).toBeGreaterThan(0);
  expect(rig.proposals.byId(proposal.id)?.status).toBe('OUTCOME_UNKNOWN');
  const last = rig.proposals.history(proposal.id).at(-1);
  expect(last).toMatchObject({ status: 'OUTCOME_UNKNOWN', note: expect.stringContaining('could not be read whole') });
  rig.control.clearFaults();
  expect((await rig.proposals.sync()).unread).toEqual([]);
  expect(rig.proposals.byId(proposal.id)?.status).toBe('SUBMITTED');
  expect(submissions(rig)).toBe(1);
});

it('10.4 the text of the questions goes with the posting, from the database and its log, and the person is told how to go on', async () => {
  await using rig = await openRig();
  const canary = 'Which zebrafish database did you use?';
  const { proposal } = await readyDraft(rig, { questions: [canary] });
  rig.proposals.updateDraft({ proposalId: proposal.id, answers: [{ position: 1, answer: 'My own words' }] });
  expect(rig.proposals.forgetQuestions(), 'the posting is still kept').toBe(0);
  await rig.advance(25 * 60 * minute);
  rig.jobs.purgeExpired();
  expect(rig.proposals.forgetQuestions()).toBe(1);
  expect(rig.proposals.forgetQuestions()).toBe(0);
  rig.db.sql.pragma('wal_checkpoint(TRUNCATE)');
  for (const file of [rig.db.path, `${rig.db.path}-wal`])
    expect(readFileSync(file).includes('zebrafish'), file).toBe(false);
  const now = rig.proposals.byId(proposal.id);
  expect(now?.answers).toMatchObject([{ question: { position: 1, text: '' }, answer: 'My own words' }]);
  expect(now && rig.proposals.blockers(now)).toMatchObject([
    { code: 'CAPABILITY_UNSUPPORTED', message: expect.stringContaining('mark it as submitted') },
  ]);
});
