import type { Database as Sqlite } from 'better-sqlite3';
import { z } from 'zod';
import { writing } from '../embedded/transactions.ts';
import type { SecretStore } from '../model.ts';
import { setStoreInUse } from '../store-in-use.ts';

const key = 'secret_move';
const moveSchema = z.object({ from: z.string(), to: z.string(), phase: z.enum(['copying', 'removing']) });

/** A move of the secrets that was begun: from where to where, and whether `from` or, while its secrets are being removed, `to` is the truth. */
export type SecretMove = z.infer<typeof moveSchema>;
type Places = Pick<SecretMove, 'from' | 'to'>;

/** The move that was begun and not ended. */
export function readMove(db: Sqlite): SecretMove | undefined {
  const value = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(key);
  return value === undefined ? undefined : moveSchema.parse(JSON.parse(value));
}

/** Remembers, before the first copy, that what lies in `to` from now on is ours. */
export function beginMove(db: Sqlite, places: Places): void {
  writing(db, () => put(db, { ...places, phase: 'copying' }));
}

/** Makes `to` the truth, in one write. */
export function flipMove(db: Sqlite, places: Places, kind: SecretStore['kind']): void {
  writing(db, () => {
    setStoreInUse(db, kind);
    put(db, { ...places, phase: 'removing' });
  });
}

/** Forgets the move: nothing is left in `from`. */
export function endMove(db: Sqlite): void {
  writing(db, () => db.prepare('DELETE FROM meta WHERE key = ?').run(key));
}

function put(db: Sqlite, move: SecretMove): void {
  db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, JSON.stringify(move));
}
