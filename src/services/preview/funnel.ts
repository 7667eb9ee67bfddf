import type { ExplainedJob } from '../jobs/criteria/explain.ts';
import { type CriterionName, criterionNames, type JobCriteria } from '../jobs/model.ts';
import type { ScanDropReason, ScanFunnelStep } from '../scanner/model.ts';
import type { Filter } from './examine.ts';
import { fieldOf } from './relaxations.ts';

const samplesAtMost = 3;

/** What went into a preview. */
export interface Examined {
  /** Jobs posted in the stretch of time, those without content among them. */
  readonly stored: number;
  /** The ones whose content is kept, newest posted first. */
  readonly jobs: readonly ExplainedJob[];
  readonly filter: Filter;
}

/** The criteria that ask for something, in the order in which they are told. */
export function criteriaSet(criteria: JobCriteria): CriterionName[] {
  return criterionNames.filter((name) => {
    const value = criteria[fieldOf(name)];
    if (Array.isArray(value)) return value.length > 0;
    return typeof value === 'object' ? 'min' in value || 'max' in value : value !== undefined;
  });
}

/** From all that is stored to what matches: content, text, each criterion in turn; and at the end what each criterion drops taken alone. */
export function previewFunnel({ stored, jobs, filter: { criteria, query } }: Examined): ScanFunnelStep[] {
  const steps: ScanFunnelStep[] = [
    step('stored', 'Jobs posted since then whose content is still kept', stored, jobs.length),
  ];
  const fitting = jobs.filter(({ matchesQuery }) => matchesQuery);
  if (query !== undefined) steps.push(step('text', 'Jobs that hold the text', jobs.length, fitting.length));
  let left = fitting;
  for (const criterion of criteriaSet(criteria)) {
    const dropped = left.filter(({ droppedBy }) => droppedBy.includes(criterion));
    const rest = left.filter(({ droppedBy }) => !droppedBy.includes(criterion));
    const reasons = dropped.length > 0 ? [reasonOf(criterion, dropped)] : [];
    steps.push(step(criterion, `Jobs that also pass \`${criterion}\``, left.length, rest.length, reasons));
    left = rest;
  }
  const matched =
    'Jobs that pass everything. Reasons: what each criterion drops taken alone, the score of what passes the rest';
  return [...steps, step('matched', matched, fitting.length, left.length, reasonsAlone(fitting))];
}

/** What each criterion drops whatever the others do, the strictest first. Samples are the nearest misses: jobs that fail few others. */
export function reasonsAlone(jobs: readonly ExplainedJob[]): ScanDropReason[] {
  const dropped = new Map<CriterionName, ExplainedJob[]>();
  for (const job of jobs)
    for (const criterion of job.droppedBy) {
      const list = dropped.get(criterion);
      if (list) list.push(job);
      else dropped.set(criterion, [job]);
    }
  return [...dropped].map(([criterion, list]) => reasonOf(criterion, list)).toSorted((a, b) => b.dropped - a.dropped);
}

function reasonOf(criterion: CriterionName, jobs: readonly ExplainedJob[]): ScanDropReason {
  const nearest: ExplainedJob[] = [];
  for (let others = 1; nearest.length < samplesAtMost && others <= criterionNames.length; others += 1)
    for (const job of jobs) if (job.droppedBy.length === others && nearest.length < samplesAtMost) nearest.push(job);
  return { criterion, dropped: jobs.length, samples: nearest.map(({ jobId }) => jobId) };
}

function step(
  name: string,
  description: string,
  input: number,
  output: number,
  reasons: readonly ScanDropReason[] = [],
): ScanFunnelStep {
  return { name, description, input, output, reasons };
}
