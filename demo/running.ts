import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A demo that runs: where its Prospector and the control port of its pretended Upwork answer, and the owner's token. */
export interface RunningDemo {
  readonly url: string;
  readonly control: string;
  readonly token: string;
  /** What to type before a command of Prospector's, so that it asks this one. */
  readonly command: string;
}

const nameOf = (home: string): string => join(home, 'demo.json');

/** Leaves word of a running demo in its home, for whoever shows something in it. The token stays in its own file. */
export function rememberDemo(home: string, { url, control, command }: Omit<RunningDemo, 'token'>): void {
  writeFileSync(nameOf(home), JSON.stringify({ url, control, command }), { mode: 0o600 });
}

/** @throws Error that says how to start one, where none runs in this home */
export function findDemo(home: string): RunningDemo {
  try {
    const demo = JSON.parse(readFileSync(nameOf(home), 'utf8')) as Omit<RunningDemo, 'token'>;
    return { ...demo, token: readFileSync(join(home, 'owner-token'), 'utf8').trim() };
  } catch {
    throw new Error(
      `No demo runs in ${home}. Start one with \`npm run demo\`, which prints this command with its home.`,
    );
  }
}
