import type { CriterionName, JobCriteria } from '../model.ts';
import type { Scoring } from '../score/scoring.ts';
import { allOf, compose, isIn, join, type Sql, sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { matchesText, type SeqRange } from '../text/match-text.ts';
import { parseTextQuery } from '../text/text-query.ts';
import { type CriteriaContext, criteriaConditions } from './criteria.ts';

/** Which jobs are to be examined, and how. */
export interface ExplainOptions {
  readonly criteria: JobCriteria;
  /** These jobs alone. */
  readonly seqs?: readonly number[];
  /** Posted at or after. */
  readonly since?: Date;
  /** Also tell whether each holds this text query. */
  readonly query?: string;
  /** Newest posted first; default 10,000. */
  readonly limit?: number;
  /**
   * `stored` (default): the score a job was stored with decides on `minimumMatchScore`. `fresh`: the score by these
   * criteria, as if they were in force.
   */
  readonly scores?: 'stored' | 'fresh';
}

/** What the criteria make of one job. It matches when nothing dropped it. */
export interface ExplainedJob {
  readonly seq: number;
  readonly jobId: string;
  readonly postedAt: Date;
  /** Every criterion that does not hold, not only the first, in the order of `criterionNames`. */
  readonly droppedBy: readonly CriterionName[];
  /** True where no query was given. */
  readonly matchesQuery: boolean;
}

/** Examines stored jobs whose content is kept, in one pass; purged ones are left out. */
export type Explain = (options: ExplainOptions) => ExplainedJob[];

/** What explaining needs. */
export interface ExplainDeps {
  readonly statements: Statements;
  readonly scoring: Pick<Scoring, 'reaching'>;
  readonly context: () => Pick<CriteriaContext, 'now' | 'categoryNames' | 'parentCategories'>;
}

interface ExplainedRow {
  readonly seq: number;
  readonly id: string;
  readonly posted_at: number;
  readonly dropped: number;
}

/** One bit per condition, so that a row stays small. @throws RefusedError for a query that is too long */
export function createExplain({ statements, scoring, context }: ExplainDeps): Explain {
  return ({ criteria, seqs, since, query, limit = 10_000, scores = 'stored' }) => {
    const range = seqs && rangeOf(seqs);
    const minimum = criteria.minimumMatchScore;
    const reaching =
      scores === 'fresh' && minimum !== undefined ? scoring.reaching(criteria, minimum, seqs) : undefined;
    const conditions = criteriaConditions(criteria, { ...context(), range, reaching });
    const text = parseTextQuery(query);
    const queryBit = conditions.length;
    const bits = [...conditions.map(({ holds }) => holds), ...(text ? [matchesText(text, range)] : [])].map(bitOf);
    const examined = allOf([
      sql('jobs.content_purged_at IS NULL'),
      sql('jobs.scanned = 1'),
      ...(seqs ? [isIn('jobs.seq', seqs)] : []),
      ...(since ? [sql('jobs.posted_at >= ?', since.getTime())] : []),
    ]);
    const rows = statements.all<ExplainedRow>(
      compose(
        `SELECT jobs.seq, jobs.id, jobs.posted_at, {0} AS dropped FROM jobs WHERE {1}
         ORDER BY jobs.posted_at DESC, jobs.seq DESC LIMIT {2}`,
        join(bits, ' | ', '0'),
        examined,
        sql('?', limit),
      ),
    );
    // Few combinations occur, so the lists are shared.
    const lists = new Map<number, readonly CriterionName[]>();
    return rows.map((row) => {
      const droppedBy = lists.get(row.dropped) ?? namesOf(row.dropped, conditions);
      lists.set(row.dropped, droppedBy);
      const matchesQuery = (row.dropped & (1 << queryBit)) === 0;
      return { seq: row.seq, jobId: row.id, postedAt: new Date(row.posted_at), droppedBy, matchesQuery };
    });
  };
}

/** The range that holds all of them. */
export function rangeOf(seqs: readonly number[]): SeqRange {
  return seqs.reduce(({ low, high }, seq) => ({ low: Math.min(low, seq), high: Math.max(high, seq) }), {
    low: Number.MAX_SAFE_INTEGER,
    high: 0,
  });
}

function bitOf(condition: Sql, bit: number): Sql {
  return compose(`((NOT {0}) << ${bit})`, condition);
}

function namesOf(dropped: number, conditions: readonly { readonly name: CriterionName }[]): readonly CriterionName[] {
  return conditions.filter((_condition, bit) => (dropped & (1 << bit)) !== 0).map(({ name }) => name);
}
