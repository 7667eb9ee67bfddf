import { expect, it } from 'vitest';
import { openRig, readyDraft, refusal } from './rig.ts';

it('makes a draft with the questions of the posting, unanswered, and what reaches the person after the fee', async () => {
  await using rig = await openRig();
  const job = await rig.job({ questions: ['Which time zone?', 'Any references?'] });
  const { proposal, warnings } = await rig.proposals.createDraft({
    jobId: job.id,
    coverLetter: 'Hello',
    terms: { rate: '55.50', boostConnects: 4 },
    answers: [{ position: 2, answer: 'Yes' }],
  });
  expect(warnings).toEqual([]);
  expect(proposal).toMatchObject({
    jobId: job.id,
    status: 'DRAFT',
    coverLetter: 'Hello',
    terms: { rate: { amount: '55.5', currency: 'USD' }, boostConnects: 4, milestones: [] },
    netRate: { amount: '49.95', currency: 'USD' },
    answers: [
      { question: { position: 1, text: 'Which time zone?' }, answer: '' },
      { question: { position: 2, text: 'Any references?' }, answer: 'Yes' },
    ],
    contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    version: 1,
  });
  expect(rig.proposals.history(proposal.id)).toEqual([{ status: 'DRAFT', occurredAt: rig.clock.now(), source: 'YOU' }]);
  expect(rig.events.read({ limit: 10 })).toMatchObject([{ type: 'PROPOSAL_UPDATED', subjectId: proposal.id }]);
});

it('fills in a template, so that the draft is the preview', async () => {
  await using rig = await openRig();
  rig.template(
    'graphql',
    'Hi,\n\nI read "{{ job.title }}"{% if client.country != "" %} from {{ client.country }}{% endif %}.\n{{ account.name }}\n',
  );
  const job = await rig.job({ title: 'GraphQL <API>', client: { country: 'Germany' } });
  const { proposal } = await rig.proposals.createDraft({ jobId: job.id, template: 'graphql', coverLetter: '' });
  expect(proposal.coverLetter).toBe('Hi,\n\nI read "GraphQL <API>" from DE.\nJane F.');
  expect(rig.proposals.templates()).toEqual(['graphql']);
});

it('names what is wrong with a template, and lets none reach files, code or prototypes', async () => {
  await using rig = await openRig();
  const job = await rig.job();
  const fill = (template: string) =>
    refusal(() => rig.proposals.createDraft({ jobId: job.id, template, coverLetter: '' }));
  expect(await fill('missing')).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'template'] }]);
  expect(await fill('../owner-token')).toMatchObject([{ code: 'NOT_FOUND' }]);
  rig.template('typo', 'Dear {{ job.titel }}');
  expect((await fill('typo'))[0]?.message).toMatch(
    /typo\.md cannot be filled in: undefined variable: job\.titel.*job\.title/,
  );
  rig.template('file', '{% include "typo" %}');
  rig.template('proto', '{{ job.constructor.constructor }}');
  rig.template('endless', '{% for i in (1..100000000) %}x{% endfor %}');
  for (const name of ['file', 'proto', 'endless'])
    expect(await fill(name), name).toMatchObject([{ code: 'VALIDATION', path: ['input', 'template'] }]);
  expect(rig.proposals.count()).toBe(0);
});

it('says every problem of the input at once, and keeps the draft as it was', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig, { questions: ['One?'] });
  const problems = await refusal(() =>
    rig.proposals.updateDraft({
      proposalId: proposal.id,
      coverLetter: 'x'.repeat(5_001),
      terms: {
        rate: '-5',
        currency: 'EUR',
        boostConnects: 5_000,
        milestones: [{ title: ' ', amount: '1e3', dueOn: '2026-02-30' }],
      },
      answers: [{ position: 7, answer: '' }],
    }),
  );
  expect(problems.map(({ path }) => path?.slice(1).join('.'))).toEqual([
    'coverLetter',
    'terms.currency',
    'terms.rate',
    'terms.boostConnects',
    'terms.milestones.0.title',
    'terms.milestones.0.dueOn',
    'terms.milestones.0.amount',
    'answers.0.position',
  ]);
  expect(rig.proposals.byId(proposal.id)).toEqual(proposal);
});

it('changes the hash with every change of text, terms, answers or Connects, and with nothing else', async () => {
  await using rig = await openRig();
  const { proposal } = await readyDraft(rig, { questions: ['One?'] });
  const change = (input: object) =>
    rig.proposals.updateDraft({ proposalId: proposal.id, ...input }).proposal.contentHash;
  const hashes = [
    proposal.contentHash,
    change({ coverLetter: 'Another text' }),
    change({ terms: { rate: '56' } }),
    change({ terms: { boostConnects: 2 } }),
    change({ terms: { duration: 'ONE_TO_3_MONTHS' } }),
    change({ terms: { milestones: [{ title: 'All', amount: '56', dueOn: '2026-02-01' }] } }),
    change({ answers: [{ position: 1, answer: 'Yes' }] }),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(change({})).toBe(hashes.at(-1));
  expect(rig.proposals.byId(proposal.id)?.version).toBe(8);
});

it('refuses a change that was made from an older version, and a second draft for the same job', async () => {
  await using rig = await openRig();
  const { proposal, job } = await readyDraft(rig);
  rig.proposals.updateDraft({ proposalId: proposal.id, coverLetter: 'Newer' });
  expect(
    await refusal(() =>
      rig.proposals.updateDraft({ proposalId: proposal.id, coverLetter: 'Older', expectedVersion: 1 }),
    ),
  ).toMatchObject([{ code: 'CONFLICT', currentVersion: 2 }]);
  expect(await refusal(() => rig.proposals.createDraft({ jobId: job.id, coverLetter: '' }))).toMatchObject([
    { code: 'CONFLICT', path: ['input', 'jobId'] },
  ]);
  rig.proposals.deleteDraft(proposal.id);
  expect(rig.proposals.byId(proposal.id)).toBeUndefined();
  expect((await rig.proposals.createDraft({ jobId: job.id, coverLetter: '' })).proposal.status).toBe('DRAFT');
});

it('gives the same draft to a repeated key, and refuses the key for another input', async () => {
  await using rig = await openRig();
  const job = await rig.job();
  const input = { jobId: job.id, coverLetter: 'Once', idempotencyKey: 'a-key' };
  const { proposal } = await rig.proposals.createDraft(input);
  expect((await rig.proposals.createDraft(input)).proposal).toEqual(proposal);
  expect(await refusal(() => rig.proposals.createDraft({ ...input, coverLetter: 'Twice' }))).toMatchObject([
    { code: 'IDEMPOTENCY_CONFLICT' },
  ]);
  expect(rig.proposals.count()).toBe(1);
});

it('says before anything is sent what would stop it', async () => {
  await using rig = await openRig();
  const { proposal, job } = await readyDraft(rig, { questions: ['One?'] });
  const codes = () => rig.proposals.blockers(rig.proposals.byId(proposal.id) ?? proposal).map(({ code }) => code);
  expect(codes(), 'an unanswered question').toEqual(['VALIDATION']);
  rig.proposals.updateDraft({ proposalId: proposal.id, answers: [{ position: 1, answer: 'Yes' }] });
  expect(codes()).toEqual([]);
  rig.proposals.updateDraft({ proposalId: proposal.id, coverLetter: ' ', terms: { rate: null } });
  expect(codes()).toEqual(['VALIDATION', 'VALIDATION']);
  rig.proposals.updateDraft({ proposalId: proposal.id, coverLetter: 'Hello', terms: { rate: '5', boostConnects: 40 } });
  rig.status.connectsBalance = 12;
  expect(codes(), 'no Connects').toEqual(['INSUFFICIENT_CONNECTS']);
  rig.status.connectsBalance = undefined;
  rig.preferences.connectsPerDay = 30;
  expect(codes(), 'over the daily cap').toEqual(['INSUFFICIENT_CONNECTS']);
  rig.preferences.connectsPerDay = 40;
  rig.db.sql.prepare("UPDATE jobs SET state = 'FILLED' WHERE id = ?").run(job.id);
  expect(codes(), 'the position is filled').toEqual(['JOB_CLOSED']);
  rig.jobs.update({ jobId: job.id, triage: 'APPLIED' });
  expect(codes()).toEqual(['JOB_CLOSED', 'ALREADY_APPLIED']);
});

it('warns when fewer Connects are left than the person wants to be told of', async () => {
  await using rig = await openRig();
  rig.preferences.connectsWarning = 20;
  rig.status.connectsBalance = 7;
  const { warnings } = await rig.proposals.createDraft({ jobId: (await rig.job()).id, coverLetter: '' });
  expect(warnings).toEqual([{ code: 'CONNECTS_LOW', message: expect.stringContaining('7 Connects are left') }]);
});

it('takes milestones for a fixed price alone, and only if they add up to it', async () => {
  await using rig = await openRig();
  const problems = async (jobType: 'HOURLY' | 'FIXED', amounts: string[]) => {
    const job = await rig.job({ jobType });
    const milestones = amounts.map((amount, index) => ({ title: `Part ${index + 1}`, amount }));
    const terms = { rate: '900.50', milestones };
    const { proposal } = await rig.proposals.createDraft({ jobId: job.id, coverLetter: 'Hello', terms });
    return rig.proposals.blockers(proposal).map(({ message }) => message);
  };
  expect(await problems('FIXED', ['300.25', '600.25'])).toEqual([]);
  expect(await problems('FIXED', ['300', '600'])).toEqual([
    'The milestones add up to 900.00, the bid is 900.5. Expected parts that add up to 900.5.',
  ]);
  expect(await problems('HOURLY', ['900.50'])).toEqual([
    'A job that is paid by the hour has no milestones. Expected none.',
  ]);
});
