import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../database/model.ts';
import type { JobCriteria, ScoreWeights } from '../model.ts';
import { createScore } from './score.ts';
import type { ScoredFacts } from './score-factors.ts';

/** Jobs scored in one transaction. */
const batchSize = 500;

/** Scores of stored jobs. */
export interface Scoring {
  /** Scores these jobs by the criteria and stores the scores with them. */
  scoreJobs(seqs: readonly number[], criteria: JobCriteria): void;
  /**
   * Scores every job whose content is kept anew, for changed criteria or weights, 500 a transaction, and lets other
   * work in between; resolves with how many. A later call, or `signal`, ends it early.
   */
  rescore(criteria: JobCriteria, signal?: AbortSignal): Promise<number>;
  /** Is there a job whose content is kept that was scored before then? */
  isScoredBefore(at: Date): boolean;
  /**
   * Jobs, among these or all, whose content is kept and whose score by these criteria would reach the minimum. Writes
   * nothing.
   */
  reaching(criteria: JobCriteria, minimum: number, among?: readonly number[]): number[];
}

interface FactsRow extends Omit<ScoredFacts, 'words' | 'hasSkills'> {
  readonly seq: number;
  readonly title_words: string;
  readonly skill_words: string;
  readonly description_words: string;
}

const factColumns = `seq, title_words, skill_words, description_words, type, hourly_min, hourly_max, fixed_budget, currency, client_country,
  client_verified, client_rating, client_spent, client_spent_currency, client_hires, proposals, posted_at`;

/** Scores by the weights in force, which are asked anew each time. */
export function createScoring(db: Database, now: () => Date, weights: () => ScoreWeights): Scoring {
  const some = db.sql.prepare(
    `SELECT ${factColumns} FROM jobs WHERE seq IN (SELECT value FROM json_each(?)) AND content_purged_at IS NULL`,
  );
  const next = db.sql.prepare(
    `SELECT ${factColumns} FROM jobs WHERE seq > ? AND content_purged_at IS NULL ORDER BY seq LIMIT ${batchSize}`,
  );
  const older = db.sql.prepare('SELECT 1 FROM jobs WHERE content_purged_at IS NULL AND scored_at < ? LIMIT 1').pluck();
  const write = db.sql.prepare('UPDATE jobs SET score = ?, score_factors = ?, scored_at = ? WHERE seq = ?');

  const store = (rows: readonly FactsRow[], criteria: JobCriteria) => {
    const instant = now();
    const score = createScore(weights())(criteria);
    for (const row of rows) {
      const { value, factors } = score(toFacts(row), instant);
      write.run(value, JSON.stringify(factors), instant.getTime(), row.seq);
    }
  };
  const batchAfter = (seq: number) => next.all(seq) as FactsRow[];
  const factsOf = (seqs: readonly number[]) => some.all(JSON.stringify(seqs)) as FactsRow[];
  let newest = 0;

  return {
    scoreJobs: (seqs, criteria) => store(factsOf(seqs), criteria),
    rescore: async (criteria, signal) => {
      newest += 1;
      const turn = newest;
      let count = 0;
      let rows = batchAfter(0);
      while (rows.length > 0 && turn === newest) {
        db.transaction(() => store(rows, criteria));
        count += rows.length;
        await nextTurn();
        if (signal?.aborted) break;
        rows = batchAfter(rows.at(-1)?.seq ?? 0);
      }
      return count;
    },
    isScoredBefore: (at) => older.get(at.getTime()) !== undefined,
    reaching: (criteria, minimum, among) => {
      const instant = now();
      const score = createScore(weights())(criteria);
      const reached = (rows: readonly FactsRow[]) =>
        rows.filter((row) => score(toFacts(row), instant).value >= minimum).map(({ seq }) => seq);
      if (among) return reached(factsOf(among));
      const seqs: number[] = [];
      for (let rows = batchAfter(0); rows.length > 0; rows = batchAfter(rows.at(-1)?.seq ?? 0))
        seqs.push(...reached(rows));
      return seqs;
    },
  };
}

/** The row itself with what scoring reads beside its columns: a copy of each of thousands would be felt. */
function toFacts(row: FactsRow): ScoredFacts {
  return Object.assign(row, {
    words: ` ${row.title_words} | ${row.skill_words} | ${row.description_words} `,
    hasSkills: row.skill_words !== '',
  });
}
