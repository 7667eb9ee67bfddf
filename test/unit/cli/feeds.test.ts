import { describe, expect, it } from 'vitest';
import { startScriptedServer } from '../client/scripted-server.ts';
import { job, scan } from './answers.ts';
import { createTestShell } from './test-shell.ts';

const cursorAnswer = { data: { system: { latestEventCursor: 'c0' } } };
const posted = (number: number, title: string) => ({
  id: `event_${number}`,
  type: 'JOB_POSTED',
  cursor: `c${number}`,
  occurredAt: '2026-05-24T12:00:00.123Z',
  replayed: false,
  job: job({ id: `job_${number}`, title }),
});

describe('Prospector watch', () => {
  it('follows from the end of the log, filtered, and prints foreign text without what could take over a terminal', async () => {
    await using server = await startScriptedServer({
      answer: () => cursorAnswer,
      subscribe: (_arrived, feed) => feed.next({ jobPosted: posted(1, 'Red\u001b[31m\u202egreen\r\nline\u009b2J') }),
    });
    using shell = createTestShell({ url: server.url });
    const words = ['watch', '--type', 'fixed', '--country', 'us', '--limit', '1'];
    expect(await shell.prospector(words)).toEqual({
      exitCode: 0,
      out: '2026-05-24T11:00:00Z  job_1  Red[31mgreen line2J · Fixed price · $500.00 · US ★4.9 verified · https://www.upwork.com/jobs/~021890000000000000001\n',
      err: 'Waiting for new jobs. Ctrl-C ends.\n',
    });
    expect(server.arrived[1]?.body.variables).toEqual({
      filter: { criteria: { jobTypes: ['FIXED_PRICE'], clientCountries: ['US'] } },
      after: 'c0',
    });
    const { out } = await shell.prospector([...words, '--json', '--after', 'c0']);
    expect(out).toMatch(/^[\x20-\x7e\u2605\n]+$/u);
    expect(JSON.parse(out)).toEqual(posted(1, 'Red\u001b[31m\u202egreen\r\nline\u009b2J'));
  });

  it('ends with 0 when stopped, and listens no longer', async () => {
    await using server = await startScriptedServer({ answer: () => cursorAnswer, subscribe: () => {} });
    using shell = createTestShell({ url: server.url });
    const watching = shell.prospector(['watch']);
    await expect.poll(() => server.arrived.length).toBe(2);
    shell.stop();
    expect((await watching).exitCode).toBe(0);
    expect(shell.listeners()).toBe(0);
    await expect.poll(server.sockets).toBe(0);
  });
});

describe('Prospector events', () => {
  const page = (numbers: number[], hasNextPage: boolean) => ({
    data: {
      events: {
        edges: numbers.map((number) => ({ node: posted(number, 'T') })),
        pageInfo: { hasNextPage, endCursor: `c${numbers.at(-1)}` },
      },
    },
  });

  it('reads the log page by page to its end', async () => {
    await using server = await startScriptedServer({
      answer: ({ body }) => (body.variables?.['after'] === 'c2' ? page([3], false) : page([1, 2], true)),
    });
    using shell = createTestShell({ url: server.url });
    const { exitCode, out } = await shell.prospector(['events', '--after', 'c0', '--types', 'job_posted', '--json']);
    expect({ exitCode, answer: JSON.parse(out) }).toEqual({
      exitCode: 0,
      answer: { events: [posted(1, 'T'), posted(2, 'T'), posted(3, 'T')], cursor: 'c3' },
    });
    expect(server.arrived.map(({ body }) => body.variables)).toEqual([
      { first: 100, types: ['JOB_POSTED'], after: 'c0' },
      { first: 100, types: ['JOB_POSTED'], after: 'c2' },
    ]);
  });

  it('names the oldest cursor where the one given is too old', async () => {
    const errors = [{ message: 'That cursor is too old.', extensions: { code: 'CURSOR_EXPIRED', oldestCursor: 'c7' } }];
    await using server = await startScriptedServer({ subscribe: (_arrived, feed) => feed.refuse(errors) });
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['events', '--after', 'c1', '--follow'])).toEqual({
      exitCode: 1,
      out: '',
      err: 'That cursor is too old. The oldest cursor still kept is c7.\n',
    });
  });
});

describe('Prospector scan', () => {
  const counts = { fetched: 50, duplicates: 46, updated: 1, filteredOut: 0, new: 3, notified: 3, upstreamRequests: 2 };
  const serverWith = (status: string) =>
    startScriptedServer({
      answer({ name }) {
        if (name === 'LatestCursor') return cursorAnswer;
        if (name === 'Scan') return { data: { scan: scan({ status, phase: 'DONE', counts }) } };
        return { data: { runScan: { scan: scan(), joined: false, warnings: [], errors: [] } } };
      },
      subscribe(_arrived, feed) {
        const progress = { type: 'SCAN_PROGRESS', occurredAt: '2026-05-24T12:00:00.000Z', replayed: false };
        const of = (phase: string, scanStatus: string) => ({ id: 'scan_1', status: scanStatus, phase });
        feed.next({
          scanProgress: {
            ...progress,
            id: 'e1',
            cursor: 'c1',
            phase: 'FETCHING',
            percent: 20,
            message: 'page 1',
            scan: of('FETCHING', 'RUNNING'),
          },
        });
        feed.next({
          scanProgress: {
            ...progress,
            id: 'e2',
            cursor: 'c2',
            phase: 'DONE',
            percent: 100,
            message: null,
            scan: of('DONE', status),
          },
        });
      },
    });

  it('tells its progress and ends with the counts', async () => {
    await using server = await serverWith('SUCCEEDED');
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['scan', '--dry-run'])).toEqual({
      exitCode: 0,
      out: 'Scan: scan_1 (dry run: nothing stored, nobody told)\nStatus: Succeeded\nFound: 50, new 3, updated 1, known 46, filtered out 0\nRequests to Upwork: 2\n',
      err: 'Fetching 20 %: page 1\nDone 100 %\n',
    });
    expect(server.arrived.find(({ name }) => name === 'RunScan')?.body.variables).toEqual({ input: { dryRun: true } });
    expect(server.arrived.find(({ name }) => name === 'ScanProgress')?.body.variables).toEqual({
      scanId: 'scan_1',
      after: 'c0',
    });
  });

  it('ends with 1 when it failed, its result printed all the same', async () => {
    await using server = await serverWith('FAILED');
    using shell = createTestShell({ url: server.url });
    const { exitCode, out, err } = await shell.prospector(['scan', '--json']);
    expect({ exitCode, answer: JSON.parse(out), err }).toEqual({
      exitCode: 1,
      answer: scan({ status: 'FAILED', phase: 'DONE', counts }),
      err: '',
    });
  });
});
