import type { Database as Sqlite } from 'better-sqlite3';
import { healthOf } from './health-board.ts';
import type { ListingSecretStore } from './model.ts';
import { storeInUse, wrongStore } from './store-in-use.ts';

/**
 * The same store, refusing everything once `secrets migrate` has moved the secrets away from it: to the server that still runs, its emptiness
 * would look like lost secrets, and what it wrote would be lost.
 */
export function guardStore(db: Sqlite, store: ListingSecretStore): ListingSecretStore {
  const refuse = () => {
    const used = storeInUse(db);
    if (used !== undefined && used !== store.kind) throw wrongStore(used);
  };
  const guarded =
    <Input extends unknown[], Result>(work: (...input: Input) => Promise<Result>) =>
    async (...input: Input) => {
      refuse();
      const result = await work(...input);
      refuse();
      return result;
    };
  return {
    ...store,
    read: guarded(store.read),
    write: guarded(store.write),
    remove: guarded(store.remove),
    list: guarded(store.list),
    check: async () => {
      const used = storeInUse(db);
      return used === undefined || used === store.kind ? store.check() : healthOf(wrongStore(used));
    },
  };
}
