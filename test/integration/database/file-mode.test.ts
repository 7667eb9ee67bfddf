import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { systemRandom } from '../../../src/random.ts';
import { prepareHome } from '../../../src/server/home.ts';
import { openDatabase } from '../../../src/services/database/open.ts';

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'prospector-modes-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const open = (path: string) => openDatabase({ path, clock: systemClock, random: systemRandom });
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
/** Giving a file away takes root. */
const isRoot = process.getuid?.() === 0;

it('19.O closes a database that others could read, with what stands beside it', () =>
  inFolder((folder) => {
    const path = join(folder, 'prospector.db');
    const first = open(path);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) chmodSync(file, 0o644);
    const second = open(path);
    expect([path, `${path}-wal`, `${path}-shm`].map(mode)).toEqual(['600', '600', '600']);
    first.close();
    second.close();
  }));

it.runIf(isRoot)('19.O refuses a home and a database of another user, also as root, and says whose', () =>
  inFolder((folder) => {
    const path = join(folder, 'prospector.db');
    writeFileSync(path, '');
    chownSync(path, 4_321, 4_321);
    expect(() => open(path)).toThrow(`The database file ${path} belongs to another user (4321).`);
    chownSync(folder, 4_321, 4_321);
    expect(() => prepareHome(folder)).toThrow(`The folder ${folder} belongs to another user (4321).`);
  }),
);
