import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';

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
