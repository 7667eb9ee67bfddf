import { createHash } from 'node:crypto';
import type { Database } from '../../database/model.ts';
import type { Wish } from '../plan/wish.ts';

/** Which wishes have been scanned for before. What the first whole scan for another finds was posted long ago: it is kept, not announced. */
export interface Baselines {
  /** False also when everything scanned before has been purged. */
  isScanned(wish: Wish): boolean;
  /** A whole scan has looked for it. Joins the caller's transaction. */
  learn(wish: Wish, at: Date): void;
}

/** The baselines of this database. */
export function createBaselines({ sql }: Database): Baselines {
  const known = sql.prepare("SELECT 1 FROM scanned_criteria WHERE platform = 'upwork' AND hash = ?").pluck();
  const insert = sql.prepare("INSERT OR IGNORE INTO scanned_criteria (platform, hash, at) VALUES ('upwork', ?, ?)");
  const purged = sql
    .prepare('SELECT EXISTS (SELECT 1 FROM scans WHERE new > 0) AND NOT EXISTS (SELECT 1 FROM jobs)')
    .pluck();
  return {
    isScanned: (wish) => known.get(criteriaHash(wish)) === 1 && purged.get() === 0,
    learn: (wish, at) => void insert.run(criteriaHash(wish), at.getTime()),
  };
}

/** SHA-256 of what is asked for: neither the order of names nor of lists matters, nor what is left empty. */
export function criteriaHash(wish: Wish): string {
  return sha256(JSON.stringify(canonical(wish)));
}

/** SHA-256 of several wishes, in whatever order; undefined for none. */
export function wishesHash(wishes: readonly Wish[]): string | undefined {
  return wishes.length === 0 ? undefined : sha256(wishes.map(criteriaHash).sort().join());
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined && inner !== null && !(Array.isArray(inner) && inner.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, canonical(inner)]);
}
