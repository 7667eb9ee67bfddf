import type { Database as Sqlite } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import { type EncryptionKey, type KeySource, loadKey, readKeyRow } from './encryption-key.ts';
import { createHealthBoard } from './health-board.ts';
import { type SecretStore, SecretStoreError, type SecretStoreHealth } from './model.ts';
import { checkedPath } from './secret-path.ts';
import { createSecretTable } from './secret-table.ts';

/** What the embedded store needs. The caller keeps and closes `db`. */
export interface EmbeddedStoreOptions extends KeySource {
  readonly db: Sqlite;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Random, 'bytes'>;
}

/** A store that can also name what it holds: moving secrets needs it. */
export interface ListingSecretStore extends SecretStore {
  /** Paths of all secrets, sorted. @throws SecretStoreError */
  list(): Promise<readonly string[]>;
}

/**
 * Secrets in the database itself, encrypted with AES-256-GCM under a key that is not in it: a key file (0600, made at the first start) or a
 * passphrase (scrypt). Whatever does not fit — key, permissions, one changed byte — fails closed and says what to do. A rotation of the key
 * by another process is noticed at the next call.
 *
 * @throws SecretStoreError `key_missing`, `key_mismatch`, `key_permissions`, `corrupt`, `write_failed`. The caller closes the store.
 */
export async function openEmbeddedStore({
  db,
  clock,
  random,
  ...source
}: EmbeddedStoreOptions): Promise<ListingSecretStore> {
  const table = createSecretTable(db, random);
  const health = createHealthBoard({ available: true });
  let current: EncryptionKey | undefined = await loadKey(db, source, random);

  /** Runs `work` in a transaction that holds the key in force; loads it first where another process has rotated it. */
  async function withKey<Result>(doing: 'read' | 'write', work: (key: Buffer) => Result): Promise<Result> {
    for (;;) {
      const held = current;
      if (held === undefined)
        throw new SecretStoreError('unreachable', 'The secret store is closed: Prospector is stopping.');
      const outcome = attempt(doing, () =>
        db
          .transaction(() => {
            const row = readKeyRow(db);
            return row?.check_nonce.equals(held.checkNonce) ? { result: work(held.key) } : undefined;
          })
          [doing === 'write' ? 'immediate' : 'deferred'](),
      );
      if (outcome !== undefined) return outcome.result;
      current = await loadKey(db, source, random);
    }
  }

  async function check(): Promise<SecretStoreHealth> {
    try {
      await withKey('read', (key) => table.read(key, 'health'));
      health.note({ available: true });
    } catch (error) {
      const { code, message } = error as SecretStoreError;
      const [problem = message, ...advice] = message.split(/(?<=\.) /);
      health.note({
        available: false,
        code,
        message: problem,
        nextAction: advice.join(' ') || 'Look at the log of the server.',
      });
    }
    return health.current();
  }

  return {
    kind: 'embedded',
    read: (path) => withKey('read', (key) => table.read(key, checkedPath(path))),
    write: (path, data, expectedVersion) =>
      withKey('write', (key) => {
        const found = table.version(checkedPath(path));
        if (found !== expectedVersion)
          throw new SecretStoreError(
            'conflict',
            `The secret "${path}" is at version ${found}, not ${expectedVersion}. Read it again before writing.`,
          );
        table.write(key, path, { data, version: found + 1 }, clock.now());
        return found + 1;
      }),
    remove: (path) => withKey('write', () => table.remove(checkedPath(path))),
    list: () => withKey('read', () => table.paths()),
    check,
    onHealthChange: (listener) => health.listen(listener),
    close: async () => {
      current?.key.fill(0);
      current = undefined;
    },
  };
}

/** Gives SQLite's own failures our words; its errors hold no values, but they are rebuilt all the same (T4). */
function attempt<Result>(doing: 'read' | 'write', work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (error instanceof SecretStoreError || typeof code !== 'string' || !code.startsWith('SQLITE_')) throw error;
    const cause = new Error(code);
    if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(code))
      throw new SecretStoreError(
        'corrupt',
        `The database is damaged (${code}). Restore a backup; the damaged file was left as it is.`,
        cause,
      );
    if (doing === 'write')
      throw new SecretStoreError(
        'write_failed',
        `The secret could not be stored (${code}). Check the free space and permissions of the database's folder.`,
        cause,
      );
    throw new SecretStoreError(
      'unreachable',
      `The database could not be read (${code}). Try again; if it stays, look at the log of the server.`,
      cause,
    );
  }
}
