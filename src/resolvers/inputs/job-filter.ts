import type { DateTimeRangeInput, JobFilterInput } from '../../schema/jobs/job-filter.ts';
import { instantOf } from '../../schema/scalars/moment.ts';
import { RefusedError } from '../../services/failures/model.ts';
import type { InstantRange, JobFilter } from '../../services/jobs/model.ts';
import { toCriteria } from './criteria.ts';
import { withoutNull } from './without.ts';

const deepest = 10;

/**
 * A filter as services take it: moving windows resolved at `now`, null asking for nothing.
 * @throws RefusedError BAD_USER_INPUT when `and`, `or` and `not` are nested deeper than 10
 */
export function toJobFilter(input: JobFilterInput, now: Date, depth = 1): JobFilter {
  if (depth > deepest)
    throw new RefusedError(
      'BAD_USER_INPUT',
      `A filter nests \`and\`, \`or\` and \`not\` at most ${deepest} deep. Write it flatter.`,
    );
  const { criteria, postedAt, firstSeenAt, score, and, or, not, ...rest } = input;
  const inner = (filter: JobFilterInput) => toJobFilter(filter, now, depth + 1);
  return withoutNull({
    ...rest,
    criteria: criteria && toCriteria(criteria),
    postedAt: postedAt && toInstants(postedAt, now),
    firstSeenAt: firstSeenAt && toInstants(firstSeenAt, now),
    score: score && withoutNull(score),
    and: and?.map(inner),
    or: or?.map(inner),
    not: not && inner(not),
  });
}

/** A stretch of time at `now`. */
export function toInstants({ gte, lt }: DateTimeRangeInput, now: Date): InstantRange {
  return withoutNull({ gte: gte && instantOf(gte, now), lt: lt && instantOf(lt, now) });
}
