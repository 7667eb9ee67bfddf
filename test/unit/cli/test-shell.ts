import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { type RegisterCommand, run } from '../../../src/cli/run.ts';
import type { Shell } from '../../../src/cli/shell.ts';

/** A terminal of a test, with a home of its own: what it was asked and what was printed is kept. */
export function createTestShell(overrides: Partial<Shell> & { url?: string; input?: string[] } = {}) {
  const { url, input = [], ...rest } = overrides;
  const home = mkdtempSync(join(tmpdir(), 'prospector-cli-'));
  if (url)
    writeFileSync(join(home, 'server.json'), JSON.stringify({ url, pid: 1, startedAt: '2026-05-24T12:00:00.000Z' }));
  writeFileSync(join(home, 'owner-token'), 'prs_owner\n');
  const printed = { out: '', err: '' };
  const opened: string[] = [];
  const copied: string[] = [];
  const questions: string[] = [];
  const stops = new Set<() => void>();
  const lines = [...input];
  const shell: Shell = {
    isTTY: false,
    fetch: (address, init) => fetch(address, init),
    WebSocket,
    now: () => new Date('2026-05-24T12:00:00Z'),
    sleep: (_delayMs, signal) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    readLine: async () => lines.shift(),
    askText: async (question) => {
      questions.push(question);
      return lines.shift();
    },
    askSecret: async (question) => {
      questions.push(question);
      return lines.shift();
    },
    confirm: async (question) => {
      questions.push(question);
      return lines.shift() === 'yes';
    },
    copy: async (text) => {
      copied.push(text);
      return true;
    },
    edit: async () => lines.shift(),
    openBrowser: async (address) => {
      opened.push(address);
      return true;
    },
    onStop: (listener) => {
      stops.add(listener);
      return () => stops.delete(listener);
    },
    ...rest,
    env: { PROSPECTOR_HOME: home, ...rest.env },
  };
  return {
    home,
    printed,
    opened,
    copied,
    questions,
    /** As Ctrl-C. */
    stop: () => {
      for (const listener of stops) listener();
    },
    listeners: () => stops.size,
    /** Runs `ghoststack prospector …` and gives exit code and what was printed by it. */
    async prospector(words: string[], register?: readonly RegisterCommand[]) {
      printed.out = '';
      printed.err = '';
      const exitCode = await run(['prospector', ...words], shell, register);
      return { exitCode, ...printed };
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true }),
  };
}
