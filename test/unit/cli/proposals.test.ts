import { describe, expect, it } from 'vitest';
import { startScriptedServer } from '../client/scripted-server.ts';
import { createTestShell } from './test-shell.ts';

const proposal = {
  id: 'proposal_1',
  externalId: null,
  status: 'DRAFT',
  submissionMode: null,
  handoffUrl: 'https://www.upwork.com/nx/proposals/job/~021/apply/',
  coverLetter: 'Hello,\nI read it.',
  terms: {
    rate: { amount: '55', currency: 'USD', formatted: '$55.00' },
    netRate: { amount: '49.5', currency: 'USD', formatted: '$49.50' },
    duration: null,
    connects: 12,
    boostConnects: 4,
    milestones: [],
  },
  answers: [{ question: { position: 1, text: 'Which time zone?', required: true }, answer: 'UTC+1' }],
  contentHash: 'ab'.repeat(32),
  blockers: [],
  history: [],
  job: {
    id: 'job_1',
    title: 'A \u001b[31mjob',
    type: 'HOURLY',
    url: 'https://www.upwork.com/jobs/~021',
    contentPurged: false,
  },
  createdAt: '2026-05-24T12:00:00.000Z',
  submittedAt: null,
  updatedAt: '2026-05-24T12:00:00.000Z',
  version: 3,
};
const payload = (more: object = {}) => ({ proposal: { ...proposal, ...more }, warnings: [], errors: [] });

/** A server that knows one proposal and notes what it is asked to do. */
function startServer(outcome: object = payload({ status: 'SUBMITTED' })) {
  const inputs: unknown[] = [];
  const server = startScriptedServer({
    answer: ({ name, body }) => {
      if (name === 'Proposal') return { data: { proposal } };
      inputs.push(body.variables?.['input']);
      return { data: { [name.charAt(0).toLowerCase() + name.slice(1)]: outcome } };
    },
  });
  return server.then((running) => Object.assign(running, { inputs }));
}

describe('Prospector proposals submit', () => {
  it('shows exactly what goes out and what it costs, asks, and sends the hash of what was read', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url, isTTY: true, input: ['yes'] });
    const { exitCode, out, err } = await shell.prospector(['proposals', 'submit', 'proposal_1']);
    expect([exitCode, out]).toEqual([0, 'Status: Submitted\n']);
    for (const part of [
      'Hello,\nI read it.',
      'Rate: $55.00 an hour',
      'Question 1: Which time zone?\nUTC+1',
      'Job: A [31mjob',
    ])
      expect(err).toContain(part);
    expect(shell.questions).toEqual(['Submit exactly this? It costs 16 Connects.']);
    expect(server.inputs).toEqual([
      {
        proposalId: 'proposal_1',
        contentHash: proposal.contentHash,
        idempotencyKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('sends nothing when the person says no, or when nobody is there to be asked', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url, isTTY: true, input: ['no'] });
    expect((await shell.prospector(['proposals', 'submit', 'proposal_1'])).exitCode).toBe(1);
    using script = createTestShell({ url: server.url });
    const { exitCode, err } = await script.prospector(['proposals', 'submit', 'proposal_1']);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(`--confirm ${proposal.contentHash}`)]);
    expect(server.inputs).toEqual([]);
  });

  it('puts the text on the clipboard where the key may not submit, with the page to paste it on', async () => {
    await using server = await startServer(payload({ status: 'AWAITING_MANUAL_SUBMISSION' }));
    using shell = createTestShell({ url: server.url });
    const words = ['proposals', 'submit', 'proposal_1', '--confirm', proposal.contentHash];
    const { exitCode, err } = await shell.prospector(words);
    expect([exitCode, shell.copied]).toEqual([0, ['Hello,\nI read it.']]);
    expect(err).toContain(proposal.handoffUrl);
    expect(err).toContain('ghoststack prospector proposals mark-submitted proposal_1');
  });

  it("tells the server's no in its words, and ends with 1", async () => {
    const errors = [
      { code: 'CONFLICT', message: 'The proposal is not what you confirmed.', path: ['input', 'contentHash'] },
    ];
    await using server = await startServer({ proposal: null, warnings: [], errors });
    using shell = createTestShell({ url: server.url });
    const { exitCode, err } = await shell.prospector(['proposals', 'submit', 'proposal_1', '--confirm', 'old']);
    expect([exitCode, err]).toEqual([1, 'contentHash: The proposal is not what you confirmed.\n']);
  });
});

describe('Prospector proposals draft and edit', () => {
  it('reads rate, answers and milestones from the command line, and the text from standard input', async () => {
    await using server = await startServer(payload());
    using shell = createTestShell({ url: server.url, input: ['Line one', 'Line two'] });
    const words = ['proposals', 'edit', 'proposal_1', '--rate', '60', '--answer', '1=UTC', '--cover-letter-file', '-'];
    const { exitCode } = await shell.prospector([...words, '--milestone', 'Schema=300@2026-06-01']);
    expect(exitCode).toBe(0);
    expect(server.inputs).toEqual([
      {
        proposalId: 'proposal_1',
        expectedVersion: 3,
        coverLetter: 'Line one\nLine two',
        terms: { rate: '60', milestones: [{ title: 'Schema', amount: '300', dueOn: '2026-06-01' }] },
        answers: [{ position: 1, answer: 'UTC' }],
      },
    ]);
  });

  it('opens the cover letter in the editor where nothing else was said', async () => {
    await using server = await startServer(payload());
    using shell = createTestShell({ url: server.url, input: ['A better letter\n'] });
    await shell.prospector(['proposals', 'edit', 'proposal_1']);
    expect(server.inputs).toEqual([{ proposalId: 'proposal_1', expectedVersion: 3, coverLetter: 'A better letter' }]);
  });

  it('refuses an answer or a milestone it cannot read, with an example', async () => {
    using shell = createTestShell({ url: 'http://127.0.0.1:1' });
    for (const words of [
      ['--answer', 'Yes'],
      ['--milestone', 'Schema'],
    ]) {
      const { exitCode, err } = await shell.prospector(['proposals', 'edit', 'proposal_1', ...words]);
      expect([exitCode, err]).toEqual([2, expect.stringContaining('Expected')]);
    }
  });
});
