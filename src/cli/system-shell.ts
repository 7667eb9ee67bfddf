import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import type { Shell } from './shell.ts';

/** The real terminal, network and clock. Holds nothing open until a command asks for it. */
export function createSystemShell(): Shell {
  let lines: AsyncIterator<string> | undefined;
  return {
    env: process.env,
    isTTY: Boolean(process.stdin.isTTY && process.stderr.isTTY),
    fetch: (input, init) => fetch(input, init),
    WebSocket,
    now: () => new Date(),
    sleep,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    async readLine() {
      lines ??= createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
      const { value, done } = await lines.next();
      return done ? undefined : value;
    },
    async askText(message, signal) {
      const { text, isCancel } = await import('@clack/prompts');
      const answer = await text({ message, output: process.stderr, ...(signal ? { signal } : {}) });
      return isCancel(answer) ? undefined : answer;
    },
    async askSecret(message) {
      const { password, isCancel } = await import('@clack/prompts');
      const answer = await password({ message, output: process.stderr });
      return isCancel(answer) ? undefined : answer;
    },
    async confirm(message) {
      const { confirm } = await import('@clack/prompts');
      return (await confirm({ message, initialValue: false, output: process.stderr })) === true;
    },
    copy,
    edit,
    openBrowser,
    onStop(listener) {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}

function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const timer = setTimeout(done, delayMs);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
}

async function copy(text: string): Promise<boolean> {
  try {
    const { default: clipboard } = await import('clipboardy');
    await clipboard.write(text);
    return true;
  } catch {
    return false;
  }
}

async function edit(text: string, fileName: string): Promise<string | undefined> {
  const editor = process.env['VISUAL'] || process.env['EDITOR'];
  if (!editor) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'prospector-edit-'));
  const file = join(folder, fileName);
  try {
    writeFileSync(file, text, { mode: 0o600 });
    // An editor is often set with arguments, as a shell would read it.
    const child = spawn(`${editor} "$PROSPECTOR_EDIT"`, {
      shell: true,
      stdio: 'inherit',
      env: { ...process.env, PROSPECTOR_EDIT: file },
    });
    const code = await new Promise((resolve) => {
      child.once('error', () => resolve(1));
      child.once('close', resolve);
    });
    return code === 0 ? readFileSync(file, 'utf8') : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openBrowser(url: string): Promise<boolean> {
  const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (headless && !process.env['WSL_DISTRO_NAME']) return false;
  try {
    const { default: open } = await import('open');
    const browser = await open(url);
    browser.on('error', () => {});
    return true;
  } catch {
    return false;
  }
}
