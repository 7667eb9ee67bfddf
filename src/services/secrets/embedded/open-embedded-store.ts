import type { Database as Sqlite } from 'better-sqlite3';
import type { Random } from '../../../random.ts';
import { failureOf } from '../failure.ts';
import { createHealthBoard, healthOf } from '../health-board.ts';
import { type ListingSecretStore, SecretStoreError } from '../model.ts';
import { checkedPath } from '../secret-path.ts';
import { type EncryptionKey, type KeySource, loadKey } from './encryption-key.ts';
import { readKeyRow } from './key-row.ts';
import { emptyOldCopies } from './old-copies.ts';
import { createSecretTable } from './secret-table.ts';
import { reading, writing } from './transactions.ts';

/** What the embedded store needs. The caller keeps and closes `db`. */
export interface EmbeddedStoreOptions extends KeySource {
  readonly db: Sqlite;
  readonly random: Pick<Random, 'bytes'>;
}

/**
 * Secrets in the database itself, encrypted with AES-256-GCM under a key that is not in it: a key file (0600, made at the first start) or a
 * passphrase (scrypt). Whatever does not fit — key, permissions, one changed byte — fails closed and says what to do. A rotation of the key
 * by another process is noticed at the next call.
 *
 * @throws SecretStoreError `key_missing`, `key_mismatch`, `key_permissions`, `corrupt`, `write_failed`. The caller closes the store.
 */
export async function openEmbeddedStore({ db, random, ...source }: EmbeddedStoreOptions): Promise<ListingSecretStore> {
  const table = createSecretTable(db, random);
  const health = createHealthBoard({ available: true });
  let current: EncryptionKey | undefined = await loadKey(db, source, random);
  // A rotation may have been killed before it came to them.
  emptyOldCopies(db, current.checkNonce);

  /** Runs `work` in a transaction that holds the key in force; loads it first where another process has rotated it. */
  async function withKey<Result>(run: typeof reading, work: (key: Buffer) => Result): Promise<Result> {
    for (;;) {
      const held = current;
      if (held === undefined)
        throw new SecretStoreError('unreachable', 'The secret store is closed. Prospector is stopping.');
      const outcome = run(db, () => {
        const isInForce = readKeyRow(db)?.check_nonce.equals(held.checkNonce);
        return isInForce ? { result: work(held.key) } : undefined;
      });
      if (outcome !== undefined) return outcome.result;
      const loaded = await loadKey(db, source, random);
      if (current !== undefined) current = loaded;
    }
  }

  return {
    kind: 'embedded',
    place: 'the database of this home',
    read: (path) => withKey(reading, (key) => table.read(key, checkedPath(path))),
    write: (path, data, expectedVersion) =>
      withKey(writing, (key) => {
        const found = table.version(checkedPath(path));
        if (found !== expectedVersion)
          throw new SecretStoreError(
            'conflict',
            `The secret "${path}" is at version ${found}, not ${expectedVersion}. Read it again before writing.`,
          );
        table.write(key, path, { data, version: found + 1 });
        return found + 1;
      }),
    remove: (path) => withKey(writing, () => table.remove(checkedPath(path))),
    list: () => withKey(reading, () => table.paths()),
    check: async () => {
      try {
        await withKey(reading, (key) => table.verify(key));
        health.note({ available: true });
      } catch (error) {
        health.note(healthOf(failureOf(error)));
      }
      return health.current();
    },
    onHealthChange: (listener) => health.listen(listener),
    close: async () => {
      current?.key.fill(0);
      current = undefined;
    },
  };
}
