import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../clock.ts';
import { type Configuration, ConfigurationError } from '../config.ts';
import type { Log } from '../log.ts';
import { openSystemFetch } from '../network.ts';
import { systemRandom } from '../random.ts';
import { openDatabase } from '../services/database/open.ts';
import { emptyOldCopies, keyInUse, rotateKey } from '../services/secrets/embedded/rotate-key.ts';
import { SecretStoreError } from '../services/secrets/model.ts';
import { migrateSecrets } from '../services/secrets/moving/migrate-secrets.ts';
import { openEmbedded, openVault } from '../services/secrets/open-secret-store.ts';
import { storeInUse } from '../services/secrets/store-in-use.ts';
import { HomeError } from './home.ts';

/** What the new key is to come from; nothing said: from where the configuration has it. */
export interface NewKey {
  readonly passphraseFile?: string;
  readonly keyFile?: boolean;
}

/** What `rotateSecretsKey` did: how many secrets it encrypted, and where the key is now. */
export interface RotatedKey {
  readonly secrets: number;
  readonly key: 'file' | 'passphrase';
  readonly file: string;
  /**
   * Copies of the database whose secrets were deleted, since they were under the old key; files that were deleted
   * whole.
   */
  readonly copies: { readonly emptied: readonly string[]; readonly removed: readonly string[] };
}

/**
 * Encrypts the secrets of this home's database anew, without a server; one that runs notices.
 * @throws HomeError, DatabaseError, SecretStoreError
 */
export async function rotateSecretsKey(configuration: Configuration, wish: NewKey): Promise<RotatedKey> {
  const { keyFile } = configuration;
  const database = openExisting(configuration);
  try {
    const db = database.sql;
    if (storeInUse(db) === 'vault')
      throw new SecretStoreError(
        'wrong_store',
        'The secrets of this database are in Vault, which has keys of its own. Rotate those with Vault: ' +
          'vault operator rotate.',
      );
    const { passphraseFile: configured } = configuration;
    const old = keyInUse(db) === 'passphrase' && configured !== undefined ? { passphraseFile: configured } : {};
    const wished = wish.passphraseFile === undefined ? configured : resolve(wish.passphraseFile);
    const passphraseFile = wish.keyFile ? undefined : wished;
    const to = passphraseFile === undefined ? 'file' : { passphraseFile };
    const { secrets, copies } = await rotateKey({ db, random: systemRandom, keyFile, ...old, to });
    return { secrets, key: to === 'file' ? 'file' : 'passphrase', file: passphraseFile ?? keyFile, copies };
  } finally {
    database.close();
  }
}

/**
 * Moves the secrets of this home to Vault, or from there into the database, while no server runs.
 *
 * @returns how many were copied and removed, and where they are now
 * @throws ConfigurationError without Vault's settings, HomeError while a server runs, DatabaseError, SecretStoreError
 */
export async function moveSecrets(
  configuration: Configuration,
  to: 'vault' | 'embedded',
  log: Log,
): Promise<{
  readonly copied: number;
  readonly removed: number;
  readonly place: string;
  readonly copies: RotatedKey['copies'];
}> {
  if (configuration.vault === undefined)
    throw new ConfigurationError(['VAULT_ADDR: needed, with a way to log in, to move secrets to Vault or from there']);
  refuseRunningServer(configuration.home);
  const database = openExisting(configuration);
  const options = {
    db: database.sql,
    clock: systemClock,
    random: systemRandom,
    openFetch: openSystemFetch,
    log,
    configuration,
  };
  try {
    const embedded = await openEmbedded(options);
    const vault = await openVault(configuration.vault, options);
    try {
      const health = await vault.check();
      if (!health.available) throw new SecretStoreError(health.code, `${health.message} ${health.nextAction}`);
      const [source, target] = to === 'vault' ? [embedded, vault] : [vault, embedded];
      const moved = await migrateSecrets({ db: database.sql, from: source, to: target });
      const copies = to === 'vault' ? emptyOldCopies(database.sql, undefined) : { emptied: [], removed: [] };
      return { ...moved, place: target.place, copies };
    } finally {
      await vault.close();
      await embedded.close();
    }
  } finally {
    database.close();
  }
}

function openExisting({ databaseFile }: Configuration) {
  if (existsSync(databaseFile)) return openDatabase({ path: databaseFile, clock: systemClock, random: systemRandom });
  throw new HomeError(
    `There is no database at ${databaseFile}. Set PROSPECTOR_HOME or PROSPECTOR_DATABASE to those of your server.`,
  );
}

/** A server goes on writing to the store it was started with. */
function refuseRunningServer(home: string): void {
  const file = join(home, 'server.json');
  const pid = pidIn(file);
  if (pid === undefined || !isAlive(pid)) return;
  throw new HomeError(
    `A server is running (process ${pid}, named by ${file}). Stop it, move the secrets, and start it ` +
      'with the new settings.',
  );
}

function pidIn(file: string): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(file, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
