import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { largestFile } from './yaml/read-yaml.ts';

/** What is on disk: a text, nothing at all, or something that cannot be read and why. */
export type FileContent = { readonly text: string } | { readonly problem: string };

/** Reads the file. One that is missing says nothing, which is fine. */
export function readPreferencesFile(file: string): FileContent {
  try {
    const { size } = statSync(file);
    if (size > largestFile) return { problem: `it has ${size} bytes; at most ${largestFile} are read.` };
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? { text: '' } : { problem: `it cannot be read (${code}). Check its permissions.` };
  }
}

/**
 * Replaces the file as a whole, so that nobody reads half of it: written beside it with mode 0600, then renamed. A link stays a link.
 * @throws Error with the system's code
 */
export function writePreferencesFile(file: string, text: string): void {
  const target = realPathOf(file);
  const temporary = `${target}.${process.pid}.tmp`;
  let isBegun = false;
  try {
    const handle = openSync(temporary, 'w', 0o600);
    isBegun = true;
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    chmodSync(temporary, 0o600);
    renameSync(temporary, target);
    syncFolder(dirname(target));
  } catch (error) {
    if (isBegun) rmSync(temporary, { force: true });
    throw new Error(
      `The preferences file ${file} cannot be written (${codeOf(error)}). Check the folder's permissions and space.`,
    );
  }
}

/** Tells two states of the file apart without reading it. */
export function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino}-${stat.size}-${stat.mtimeMs}` : 'none';
}

function realPathOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** The rename itself must survive a power loss too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error';
}
