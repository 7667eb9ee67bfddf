import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.ts';
import { readSecretFile } from '../secret-file.ts';
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
    const { mode, uid } = statSync(home);
    const user = process.getuid?.();
    if (user !== undefined && uid !== user)
      throw new HomeError(
        `The folder ${home} belongs to another user (${uid}). Run Prospector as that user, or give the ` +
          `folder away: chown -R ${user} ${home}`,
      );
    if ((mode & 0o077) !== 0) chmodSync(home, 0o700);
  } catch (error) {
    if (error instanceof HomeError) throw error;
    throw new HomeError(
      `The folder ${home} cannot be used (${(error as NodeJS.ErrnoException).code ?? 'error'}). Set ` +
        'PROSPECTOR_HOME to a folder that belongs to you.',
    );
  }
}

/**
 * The owner's API token: `given` (PROSPECTOR_TOKEN), else what `owner-token` holds, else a new one of 256 bits written
 * there with mode 0600.
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
  const found = readSecretFile(file);
  if ('problem' in found) throw new HomeError(`${found.problem}. Or delete it to have a new token made.`);
  const token = 'text' in found ? found.text.trim() : '';
  if (/^[\x21-\x7e]{16,200}$/.test(token)) return token;
  throw new HomeError(`${file} does not hold a token. Delete it to have a new one made.`);
}
