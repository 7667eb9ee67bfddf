import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.ts';
import { newToken } from '../services/access/access.ts';

/** The folder the server lives in could not be used. The message says what to do. */
export class HomeError extends Error {
  override readonly name = 'HomeError';
}

/**
 * Makes `home` (mode 0700) where it is missing.
 * @throws HomeError when it is not ours to use
 */
export function prepareHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    if ((statSync(home).mode & 0o077) !== 0) chmodSync(home, 0o700);
  } catch (error) {
    throw new HomeError(
      `The folder ${home} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'error'}). Set PROSPECTOR_HOME to a folder that belongs to you.`,
    );
  }
}

/**
 * The owner's API token: `given` (PROSPECTOR_TOKEN), else what `owner-token` holds, else a new one of 256 bits written there with mode 0600.
 * @throws HomeError when the file is there and cannot be used
 */
export function ownerToken(home: string, given: string | undefined, random: Pick<Random, 'bytes'>): string {
  if (given !== undefined) return given;
  const file = join(home, 'owner-token');
  if (!existsSync(file)) {
    const token = newToken(random);
    writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
    return token;
  }
  try {
    if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    const token = readFileSync(file, 'utf8').trim();
    if (/^[\x21-\x7e]{16,200}$/.test(token)) return token;
  } catch (error) {
    throw new HomeError(
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}). Give it back to your user, or delete it to have a new token made.`,
    );
  }
  throw new HomeError(`${file} does not hold a token. Delete it to have a new one made.`);
}

/** Tells the command line where the server is. Returns how to take the note away; another server's note is left alone. */
export function writeServerFile(home: string, note: { url: string; pid: number; startedAt: string }): () => void {
  const file = join(home, 'server.json');
  const text = `${JSON.stringify(note)}\n`;
  const draft = `${file}.${note.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
  return () => {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) rmSync(file);
  };
}
