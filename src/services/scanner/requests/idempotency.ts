import { createHash } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../database/model.ts';
import { DomainError } from '../../failures/model.ts';
import type { JobCriteria } from '../../jobs/model.ts';
import { criteriaHash } from '../baselines.ts';

/** What was asked under a key. */
export interface KeyedInput {
  readonly criteria?: JobCriteria;
  readonly dryRun: boolean;
}

/** Remembers which scan a key of `runScan` stands for (CONVENTIONS §7). */
export interface IdempotentScans {
  /** The id of the scan that was made or joined under this key. @throws DomainError IDEMPOTENCY_CONFLICT when the key came with other input */
  find(key: string, input: KeyedInput): string | undefined;
  /** Joins the caller's transaction. */
  remember(key: string, input: KeyedInput, scanId: string): void;
}

/** The keys of this database. */
export function createIdempotentScans({ sql }: Database, clock: Pick<Clock, 'now'>): IdempotentScans {
  const select = sql.prepare(
    "SELECT input_hash AS inputHash, result_id AS resultId FROM idempotency_keys WHERE operation = 'runScan' AND key = ?",
  );
  const insert = sql.prepare(
    "INSERT INTO idempotency_keys (operation, key, input_hash, result_id, created_at) VALUES ('runScan', ?, ?, ?, ?)",
  );
  return {
    find: (key, input) => {
      const row = select.get(key) as { inputHash: string; resultId: string } | undefined;
      if (!row || row.inputHash === hashOf(input)) return row?.resultId;
      throw new DomainError({
        type: 'ConflictError',
        code: 'IDEMPOTENCY_CONFLICT',
        message: 'This idempotency key was used with other input. Use a new key for a new scan.',
        path: ['input', 'idempotencyKey'],
      });
    },
    remember: (key, input, scanId) => void insert.run(key, hashOf(input), scanId, clock.now().getTime()),
  };
}

function hashOf({ criteria, dryRun }: KeyedInput): string {
  const text = JSON.stringify([criteria ? criteriaHash(criteria) : null, dryRun]);
  return createHash('sha256').update(text).digest('hex');
}
