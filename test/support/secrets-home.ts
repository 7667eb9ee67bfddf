import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { systemRandom } from '../../src/random.ts';
import { openDatabase } from '../../src/services/database/open.ts';
import { openEmbeddedStore } from '../../src/services/secrets/embedded/open-embedded-store.ts';

/** A home with a database and a place for a key; goes away with `using`. */
export function createSecretsHome() {
  const folder = mkdtempSync(join(tmpdir(), 'prospector-secrets-'));
  const path = join(folder, 'prospector.db');
  const opened = [openDatabase({ path, clock: systemClock, random: systemRandom })];
  const db = opened[0]?.sql;
  if (!db) throw new Error('no database');
  const keyFile = join(folder, 'key');
  return {
    folder,
    path,
    db,
    keyFile,
    random: systemRandom,
    /** Another connection to the same file, as another process has it. */
    another: () => {
      const other = openDatabase({ path, clock: systemClock, random: systemRandom });
      opened.push(other);
      return other.sql;
    },
    /** Writes a passphrase (0600) and says where. */
    passphrase: (name: string, text: string) => {
      const file = join(folder, name);
      writeFileSync(file, `${text}\n`, { mode: 0o600 });
      return file;
    },
    open: (passphraseFile?: string) =>
      openEmbeddedStore({ db, random: systemRandom, keyFile, ...(passphraseFile !== undefined && { passphraseFile }) }),
    [Symbol.dispose]: () => {
      for (const database of opened) database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
