import type { Explain, ExplainedJob, ExplainOptions } from '../jobs/criteria/explain.ts';
import type { JobCriteria } from '../jobs/model.ts';
import type { Scoring } from '../jobs/score/scoring.ts';

/** A text and criteria. */
export interface Filter {
  readonly criteria: JobCriteria;
  readonly query?: string;
}

/** Holds stored jobs against a filter, as if it were in force. Newest posted first. */
export type Examine = (filter: Filter, among?: Pick<ExplainOptions, 'since' | 'seqs'>) => ExplainedJob[];

/**
 * Scoring takes ten times as long as all other criteria together: only jobs that pass everything else are scored, so `minimumMatchScore` never stands
 * beside another criterion in `droppedBy`.
 */
export function createExamine(explain: Explain, { reaching }: Pick<Scoring, 'reaching'>): Examine {
  return ({ criteria, ...text }, among = {}) => {
    const { minimumMatchScore, ...others } = criteria;
    const jobs = explain({ criteria: others, ...text, ...among, limit: -1 });
    if (minimumMatchScore === undefined) return jobs;
    const seqs = jobs.filter(isMatch).map(({ seq }) => seq);
    const reached = new Set(reaching(criteria, minimumMatchScore, seqs));
    return jobs.map((job) =>
      isMatch(job) && !reached.has(job.seq) ? { ...job, droppedBy: ['minimumMatchScore'] } : job,
    );
  };
}

/** Does it hold the text and pass every criterion? */
export function isMatch({ droppedBy, matchesQuery }: ExplainedJob): boolean {
  return matchesQuery && droppedBy.length === 0;
}
