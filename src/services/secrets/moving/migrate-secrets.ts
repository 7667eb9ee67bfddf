import { isDeepStrictEqual } from 'node:util';
import type { Database as Sqlite } from 'better-sqlite3';
import { forgetOldPages } from '../embedded/transactions.ts';
import { type ListingSecretStore, SecretStoreError } from '../model.ts';
import { storeInUse } from '../store-in-use.ts';
import { beginMove, endMove, flipMove, readMove } from './secret-move.ts';

/** Where from, where to, and the database that says which of both is the truth. */
export interface MigrateSecretsOptions {
  readonly db: Sqlite;
  readonly from: ListingSecretStore;
  readonly to: ListingSecretStore;
}

/**
 * Moves every secret: copy, read back, copy again what changed meanwhile, say in one write that `to` is the store in use, remove the old ones
 * (F52). May be killed anywhere and run again: until that write `from` is the truth, after it `to`. What somebody else keeps at either place is
 * neither overwritten nor removed: the database remembers which of both was begun.
 *
 * @returns how many secrets were copied, and how many old ones removed; nothing when `to` is in use already
 * @throws SecretStoreError of either store; `conflict` when `to` holds secrets that are not from here
 */
export async function migrateSecrets({
  db,
  from,
  to,
}: MigrateSecretsOptions): Promise<{ copied: number; removed: number }> {
  const move = { from: from.place, to: to.place };
  let copied = 0;
  if (storeInUse(db) !== to.kind) {
    if (!isDeepStrictEqual(readMove(db), { ...move, phase: 'copying' })) {
      await refuseForeign(from, to);
      beginMove(db, move);
    }
    for (let changed = await copyAll(from, to); changed > 0; changed = await copyAll(from, to)) copied += changed;
    flipMove(db, move, to.kind);
  }
  if (!isDeepStrictEqual(readMove(db), { ...move, phase: 'removing' })) return { copied, removed: 0 };
  const old = await from.list();
  for (const path of old) await from.remove(path);
  endMove(db);
  forgetOldPages(db);
  return { copied, removed: old.length };
}

/** What lies there before the first copy is not ours, unless it is the same anyway. */
async function refuseForeign(from: ListingSecretStore, to: ListingSecretStore): Promise<void> {
  for (const path of await to.list()) {
    if (isDeepStrictEqual((await to.read(path))?.data, (await from.read(path))?.data)) continue;
    throw new SecretStoreError(
      'conflict',
      `There is a secret "${path}" in ${to.place} already, and it is not from here. ${
        to.kind === 'vault'
          ? 'Choose another place with PROSPECTOR_VAULT_PATH, or remove what lies there; nothing was moved.'
          : 'Nothing was moved.'
      }`,
    );
  }
}

/** Makes `to` hold what `from` holds. Returns in how many places they differed; 0 means that they were the same when this round began. */
async function copyAll(from: ListingSecretStore, to: ListingSecretStore): Promise<number> {
  let changed = 0;
  const paths = await from.list();
  for (const path of paths) {
    const source = await from.read(path);
    const there = await to.read(path);
    if (source === undefined || isDeepStrictEqual(there?.data, source.data)) continue;
    await to.write(path, source.data, there?.version ?? 0);
    if (!isDeepStrictEqual((await to.read(path))?.data, source.data))
      throw new SecretStoreError(
        'write_failed',
        `"${path}" was not read back as it was written. Nothing was removed; try again.`,
      );
    changed += 1;
  }
  for (const path of (await to.list()).filter((other) => !paths.includes(other))) {
    await to.remove(path);
    changed += 1;
  }
  return changed;
}
