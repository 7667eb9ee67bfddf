import type { Database } from '../database/model.ts';
import type { JobCriteria } from './model.ts';
import { createScore, type ScoreWeights } from './score.ts';
import type { ScoredFacts } from './score-factors.ts';

/** Jobs scored in one transaction. */
const batchSize = 500;

/** Scores of stored jobs. */
export interface Scoring {
  /** Scores these jobs by the criteria and stores the scores with them. */
  scoreJobs(seqs: readonly number[], criteria: JobCriteria): void;
  /** Scores every job whose content is kept anew, for changed criteria or weights; returns how many. */
  rescore(criteria: JobCriteria): number;
  /** Jobs whose content is kept and whose score by these criteria would reach the minimum. Writes nothing. */
  reaching(criteria: JobCriteria, minimum: number): number[];
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
  const write = db.sql.prepare('UPDATE jobs SET score = ?, score_factors = ?, scored_at = ? WHERE seq = ?');

  const store = (rows: readonly FactsRow[], criteria: JobCriteria) => {
    const instant = now();
    const score = createScore(weights())(criteria);
    for (const row of rows) {
      const { value, factors } = score(toFacts(row), instant);
      write.run(value, JSON.stringify(factors), instant.getTime(), row.seq);
    }
  };
  const eachBatch = (deed: (rows: readonly FactsRow[]) => void) => {
    let after = 0;
    for (;;) {
      const rows = next.all(after) as FactsRow[];
      if (rows.length > 0) deed(rows);
      if (rows.length < batchSize) return;
      after = rows.at(-1)?.seq ?? after;
    }
  };

  return {
    scoreJobs: (seqs, criteria) => store(some.all(JSON.stringify(seqs)) as FactsRow[], criteria),
    rescore: (criteria) => {
      let count = 0;
      eachBatch((rows) => {
        db.transaction(() => store(rows, criteria));
        count += rows.length;
      });
      return count;
    },
    reaching: (criteria, minimum) => {
      const instant = now();
      const score = createScore(weights())(criteria);
      const seqs: number[] = [];
      eachBatch((rows) => {
        for (const row of rows) if (score(toFacts(row), instant).value >= minimum) seqs.push(row.seq);
      });
      return seqs;
    },
  };
}

function toFacts(row: FactsRow): ScoredFacts {
  return {
    ...row,
    words: ` ${row.title_words} | ${row.skill_words} | ${row.description_words} `,
    hasSkills: row.skill_words !== '',
  };
}
