import type { Explain, ExplainedJob, ExplainOptions } from '../jobs/explain.ts';
import type { JobCriteria } from '../jobs/model.ts';

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
export function createExamine(explain: Explain): Examine {
  return ({ criteria, ...text }, among = {}) => {
    const { minimumMatchScore, ...others } = criteria;
    const jobs = explain({ criteria: others, ...text, ...among, limit: -1 });
    if (minimumMatchScore === undefined) return jobs;
    const seqs = jobs.filter(isMatch).map(({ seq }) => seq);
    const scored = explain({ criteria, seqs, scores: 'fresh', limit: -1 });
    const short = new Set(scored.filter(({ droppedBy }) => droppedBy.length > 0).map(({ seq }) => seq));
    return jobs.map((job) => (short.has(job.seq) ? { ...job, droppedBy: ['minimumMatchScore'] } : job));
  };
}

/** Does it hold the text and pass every criterion? */
export function isMatch({ droppedBy, matchesQuery }: ExplainedJob): boolean {
  return matchesQuery && droppedBy.length === 0;
}
