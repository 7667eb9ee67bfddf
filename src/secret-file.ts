import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

/** A file with a secret as it was found: its text; that there is none; or what is wrong with it and the command that mends it. */
export type SecretFile = { readonly text: string } | { readonly missing: true } | { readonly problem: string };

/**
 * Reads a file that holds a secret. It must be a file that belongs to the user this process runs as and that nobody else may open; what is not is
 * never read (RELIABILITY §4.60).
 *
 * @param user id of that user; undefined where the machine has none
 */
export function readSecretFile(path: string, user = process.getuid?.()): SecretFile {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { missing: true };
    return {
      problem: `${path} cannot be read (${code}). Make it readable for the user Prospector runs as: ${chown(path, user)}`,
    };
  }
  try {
    const { mode, uid } = fstatSync(file);
    if (user !== undefined && uid !== user)
      return { problem: `${path} belongs to another user (${uid}). Run: ${chown(path, user)}` };
    if ((mode & 0o077) !== 0)
      return {
        problem: `${path} can be read by others than its owner. Run: chmod 600 ${path} (and consider the secret known to them)`,
      };
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { problem: `${path} cannot be read (${codeOf(error)}). It has to be a file.` };
  } finally {
    closeSync(file);
  }
}

function chown(path: string, user: number | undefined): string {
  return user === undefined ? `chmod 600 ${path}` : `chown ${user} ${path} && chmod 600 ${path}`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'error';
}
