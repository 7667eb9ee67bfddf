import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { type Program, startProgram } from '../support/program.ts';

const demoHomes = () => readdirSync(tmpdir()).filter((name) => name.startsWith('prospector-demo-'));

it('the demo connects, shows new postings live, and leaves nothing running or lying about after Ctrl-C', async () => {
  const before = demoHomes();
  await using demo = startProgram('demo/main.js', ['--auto-approve', '--port', '0'], {});
  const dashboard = await demo.line(/Dashboard, logged in/);
  expect(dashboard).toMatch(/http:\/\/localhost:\d+\/login#prl_[\w-]{43}/);
  await demo.line(/Paste there +subscription \{ jobPosted/);
  await demo.line(/Connect +PROSPECTOR_HOME=\S+ node \S+main\.js prospector connect upwork/);
  await demo.line(/^ {2}\d\d:\d\d:\d\d {2}\S/);
  const url = /http:\/\/localhost:\d+/.exec(dashboard)?.[0] ?? '';
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(await demo.stop('SIGINT')).toBe(0);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  expect(demoHomes()).toEqual(before);
}, 60_000);

it('the demo says clearly that its port is taken', async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port } = blocker.address() as { port: number };
  await using demo = startProgram('demo/main.js', ['--port', String(port)], {});
  expect(await demo.line(/Port \d+ is taken/)).toContain(`Port ${port} is taken`);
  await new Promise((resolve) => demo.process.once('close', resolve));
  expect(demo.process.exitCode).toBe(1);
  blocker.close();
});

it('12.14 the demo prints a command for a hire with its contract, zero results and a rate limit, and each shows it', async () => {
  await using demo = startProgram('demo/main.js', ['--auto-approve', '--port', '0'], {});
  await demo.line(/^Connected/);
  expect(await play(demo, 'zero-results')).toEqual({
    exitCode: 0,
    lines: [
      expect.stringContaining('The preferences stay as they are'),
      expect.stringMatching(/^UPSTREAM_EMPTY: Upwork answered, and has no posting/),
      expect.stringMatching(/^- Upwork has \d+ postings or more where `keywords` is left out/),
    ],
  });
  expect(await play(demo, 'hire')).toEqual({
    exitCode: 0,
    lines: [
      'A client posts “Landing page for a bakery”. Prospector scans …',
      'A draft is written and submitted, as it was read …',
      'SUBMITTED',
      'VIEWED',
      'INTERVIEWING',
      'OFFERED',
      'HIRED',
      'Contract “Landing page for a bakery”: ACTIVE, milestones: 1.',
      expect.stringMatching(/^See all of it: PROSPECTOR_HOME=\S+ node \S+ prospector contracts$/),
    ],
  });
  expect(await play(demo, 'rate-limit')).toEqual({
    exitCode: 0,
    lines: [
      expect.stringContaining('429'),
      expect.stringMatching(/^RATE_LIMITED: /),
      'It goes on by itself after that minute.',
    ],
  });
  expect(await demo.stop('SIGINT')).toBe(0);
}, 120_000);

it('12.14 the demo prints a command that lets the authorization expire, and says where there is no demo to show it in', async () => {
  await using demo = startProgram('demo/main.js', ['--auto-approve', '--port', '0'], {});
  await demo.line(/^Connected/);
  expect(await play(demo, 'auth-expired')).toEqual({
    exitCode: 0,
    lines: [
      'Access was revoked at Upwork. Prospector asks once more …',
      expect.stringMatching(/^AUTH_EXPIRED: /),
      expect.stringMatching(/^Repair it: PROSPECTOR_HOME=\S+ node \S+ prospector connect upwork$/),
    ],
  });
  expect(await demo.stop('SIGINT')).toBe(0);
  await using lost = startProgram('demo/main.js', ['show', 'hire', '--home', '/nowhere'], {});
  expect(await lost.line(/No demo runs/)).toBe(
    'No demo runs in /nowhere. Start one with `npm run demo`, which prints this command with its home.',
  );
}, 60_000);

/** Runs the command that the demo printed for this scene, with all that it says. */
async function play(demo: Program, scene: string) {
  const printed = await demo.line(new RegExp(` show ${scene} --home `));
  const [, program = '', ...args] = printed.trim().split(' ');
  expect(program).toMatch(/\/dist\/demo\/main\.js$/);
  await using player = startProgram('demo/main.js', args, {});
  const exitCode = await new Promise((resolve) => player.process.once('close', resolve));
  return { exitCode, lines: player.lines };
}
