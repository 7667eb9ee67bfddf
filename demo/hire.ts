import { control, query, scan, until } from './arrange.ts';
import type { RunningDemo } from './running.ts';

const coverLetter = 'I have done this before, twice this year. May I show you how on Monday?';

/** A proposal from draft to hire, and its contract, with everything a client does in between. */
export async function hire(demo: RunningDemo, say: (line: string) => void): Promise<void> {
  await control(demo, 'POST /settings', { contracts: 'allowed', lifePace: 'off' });
  const posting = await control<{ id: string }>(demo, 'POST /postings', {
    title: 'Landing page for a bakery',
    subcategory: 'Web Development',
    hourlyMin: null,
    hourlyMax: null,
    fixedAmount: 900,
    questions: [],
  });
  say('A client posts “Landing page for a bakery”. Prospector scans …');
  await scan(demo);
  const job = await until(`the posting ${posting.id}`, async () => {
    const { jobByExternalId } = await query<{ jobByExternalId: { id: string } | null }>(
      demo,
      'query DemoJob($id: String!) { jobByExternalId(externalId: $id) { id } }',
      { id: posting.id },
    );
    return jobByExternalId ?? undefined;
  });
  const draft = await propose(
    demo,
    'mutation DemoDraft($input: CreateProposalDraftInput!) { payload: createProposalDraft(input: $input) { proposal { id contentHash } errors { message } } }',
    { jobId: job.id, coverLetter, terms: { rate: '850', currency: 'USD', duration: 'LESS_THAN_1_MONTH' } },
  );
  say('A draft is written and submitted, as it was read …');
  await propose(
    demo,
    'mutation DemoSubmit($input: SubmitProposalInput!) { payload: submitProposal(input: $input) { proposal { id contentHash } errors { message } } }',
    { proposalId: draft.id, contentHash: draft.contentHash, idempotencyKey: `demo-${draft.id}` },
  );
  await untilStatus(demo, draft.id, 'SUBMITTED');
  say('SUBMITTED');
  const [sent] = (await control<{ id: string; postingId: string }[]>(demo, 'GET /proposals')).filter(
    ({ postingId }) => postingId === posting.id,
  );
  if (!sent) throw new Error('The pretended Upwork knows no such proposal.');
  const steps = [
    ['VIEWED', `POST /proposals/${sent.id}/view`, {}],
    ['INTERVIEWING', `POST /proposals/${sent.id}`, { status: 'Activated' }],
    ['OFFERED', `POST /proposals/${sent.id}`, { status: 'Offered' }],
    ['HIRED', `POST /proposals/${sent.id}`, { status: 'Hired' }],
  ] as const;
  for (const [status, deed, body] of steps) {
    await control(demo, deed, body);
    await untilStatus(demo, draft.id, status);
    say(status);
  }
  const contract = await until('the contract', async () => {
    await sync(demo);
    const { proposal } = await query<{ proposal: { contract: Contract | null } }>(
      demo,
      'query DemoContract($id: ID!) { proposal(id: $id) { contract { title status milestones { title status } } } }',
      { id: draft.id },
    );
    return proposal.contract ?? undefined;
  });
  say(`Contract “${contract.title}”: ${contract.status}, milestones: ${contract.milestones.length}.`);
  say(`See all of it: ${demo.command} contracts`);
}

interface Contract {
  readonly title: string;
  readonly status: string;
  readonly milestones: readonly unknown[];
}

/** Reads proposals and contracts back until Prospector shows this status. */
async function untilStatus(demo: RunningDemo, id: string, status: string): Promise<void> {
  await until(`the proposal to be ${status}`, async () => {
    const { proposal } = await query<{ proposal: { status: string } }>(
      demo,
      'query DemoProposal($id: ID!) { proposal(id: $id) { status } }',
      { id },
    );
    if (proposal.status === status) return true;
    if (status !== 'SUBMITTED') await sync(demo);
    return undefined;
  });
}

async function sync(demo: RunningDemo): Promise<void> {
  await query(demo, 'mutation DemoSync { syncPlatform { errors { message } } }');
}

async function propose(demo: RunningDemo, document: string, input: Record<string, unknown>) {
  const { payload } = await query<{
    payload: { proposal: { id: string; contentHash: string } | null; errors: { message: string }[] };
  }>(demo, document, { input });
  const [error] = payload.errors;
  if (!payload.proposal || error) throw new Error(error?.message ?? 'There is no proposal.');
  return payload.proposal;
}
