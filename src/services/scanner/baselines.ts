import { createHash } from 'node:crypto';
import type { Database } from '../database/model.ts';
import type { JobCriteria } from '../jobs/model.ts';

/** Which criteria have been scanned before. What the first whole scan with others finds was posted long ago: it is kept, not announced. */
export interface Baselines {
  /** False also when everything scanned before has been purged. */
  isScanned(criteria: JobCriteria): boolean;
  /** A whole scan has looked at them. Joins the caller's transaction. */
  learn(criteria: JobCriteria, at: Date): void;
}

/** The baselines of this database. */
export function createBaselines({ sql }: Database): Baselines {
  const known = sql.prepare("SELECT 1 FROM scanned_criteria WHERE platform = 'upwork' AND hash = ?").pluck();
  const insert = sql.prepare("INSERT OR IGNORE INTO scanned_criteria (platform, hash, at) VALUES ('upwork', ?, ?)");
  const purged = sql
    .prepare('SELECT EXISTS (SELECT 1 FROM scans WHERE new > 0) AND NOT EXISTS (SELECT 1 FROM jobs)')
    .pluck();
  return {
    isScanned: (criteria) => known.get(criteriaHash(criteria)) === 1 && purged.get() === 0,
    learn: (criteria, at) => void insert.run(criteriaHash(criteria), at.getTime()),
  };
}

/** SHA-256 of what the criteria ask for: neither the order of their names nor of their lists matters, nor what is left empty. */
export function criteriaHash(criteria: JobCriteria): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(criteria)))
    .digest('hex');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical).sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined && inner !== null && !(Array.isArray(inner) && inner.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, canonical(inner)]);
}
