import { isDeepStrictEqual } from 'node:util';
import type { Database as Sqlite } from 'better-sqlite3';
import { SecretStoreError } from './model.ts';
import type { ListingSecretStore } from './open-embedded-store.ts';
import { setStoreInUse, storeInUse } from './store-in-use.ts';

/** Where from, where to, and the database that says which of both is the truth. */
export interface MigrateSecretsOptions {
  readonly db: Sqlite;
  readonly from: ListingSecretStore;
  readonly to: ListingSecretStore;
}

/**
 * Moves every secret: copy, read back, copy again what changed meanwhile, then say in one write that `to` is the store in use, then remove the
 * old ones. May be killed anywhere and run again: until that write `from` is the truth and what lies in `to` is overwritten, after it the other way round.
 *
 * @returns how many secrets were copied, and how many old ones removed
 * @throws SecretStoreError of either store; `conflict` when both hold different secrets and nothing says which is right
 */
export async function migrateSecrets({
  db,
  from,
  to,
}: MigrateSecretsOptions): Promise<{ copied: number; removed: number }> {
  let copied = 0;
  const used = storeInUse(db);
  if (used !== to.kind) {
    for (
      let changed = await copyAll(from, to, used === from.kind);
      changed > 0;
      changed = await copyAll(from, to, true)
    )
      copied += changed;
    setStoreInUse(db, to.kind);
  }
  const old = await from.list();
  for (const path of old) await from.remove(path);
  return { copied, removed: old.length };
}

/** Copies what differs. Returns how many; 0 means that both held the same when this round began. */
async function copyAll(from: ListingSecretStore, to: ListingSecretStore, mayOverwrite: boolean): Promise<number> {
  let copied = 0;
  for (const path of await from.list()) {
    const source = await from.read(path);
    if (source === undefined) continue;
    const there = await to.read(path);
    if (there !== undefined && isDeepStrictEqual(there.data, source.data)) continue;
    if (there !== undefined && !mayOverwrite)
      throw new SecretStoreError(
        'conflict',
        `Both stores hold "${path}", with different content. Start the server once with the store that is right, then migrate again.`,
      );
    await to.write(path, source.data, there?.version ?? 0);
    const back = await to.read(path);
    if (!isDeepStrictEqual(back?.data, source.data))
      throw new SecretStoreError(
        'write_failed',
        `"${path}" was not read back as it was written. Nothing was removed; try again.`,
      );
    copied += 1;
  }
  return copied;
}
