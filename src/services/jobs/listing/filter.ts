import { checkCriteria } from '../criteria/check-criteria.ts';
import { type CriteriaContext, matchesCriteria } from '../criteria/criteria.ts';
import type { InstantRange, JobCriteria, JobFilter } from '../model.ts';
import { badInput } from '../refuse.ts';
import { allOf, anyOf, isIn, noneOf, type Sql, sql } from '../sql.ts';
import { matchesText } from '../text/match-text.ts';
import { parseTextQuery } from '../text/text-query.ts';

const deepest = 5;
const mostNodes = 50;

/** A saved search, as far as a filter needs it. */
export interface SearchAsked {
  readonly query?: string;
  readonly criteria: JobCriteria;
}

/** What evaluating a filter takes beside it. */
export interface FilterContext extends CriteriaContext {
  /** Undefined for an id that no saved search has. */
  readonly savedSearch: (id: string) => SearchAsked | undefined;
}

/**
 * A filter as a condition on `jobs`. All that is set must hold; of a list one entry, so an empty list holds for no job
 * (but empty lists in `criteria` ask for nothing, as everywhere).
 *
 * @throws RefusedError BAD_USER_INPUT for a filter nested more than 5 deep or of more than 50 parts, for criteria that
 * cannot be used, for an unknown saved search
 */
export function matchesFilter(filter: JobFilter, context: FilterContext): Sql {
  let nodes = 0;
  const build = (part: JobFilter, depth: number): Sql => {
    nodes += 1;
    if (depth > deepest || nodes > mostNodes) {
      throw badInput(
        `This filter is too large: \`and\`, \`or\` and \`not\` may nest ${deepest} deep and name ${mostNodes} filters in all. Make it simpler.`,
      );
    }
    return allOf([
      ...ownConditions(part, context),
      ...(part.and?.map((inner) => build(inner, depth + 1)) ?? []),
      ...(part.or ? [anyOf(part.or.map((inner) => build(inner, depth + 1)))] : []),
      ...(part.not ? [noneOf(build(part.not, depth + 1))] : []),
    ]);
  };
  return build(filter, 1);
}

function ownConditions(filter: JobFilter, context: FilterContext): Sql[] {
  const { ids, platforms, criteria, savedSearchId, states, triage, tags, postedAt, firstSeenAt, score } = filter;
  return [
    ids && isIn('jobs.id', ids),
    platforms &&
      isIn(
        'jobs.platform',
        platforms.map((name) => name.toLowerCase()),
      ),
    criteria && usableCriteria(criteria, context),
    savedSearchId === undefined ? undefined : ofSearch(savedSearchId, context),
    states && isIn('jobs.state', states),
    triage && isIn('jobs.triage', triage),
    tags &&
      sql(
        'EXISTS (SELECT 1 FROM json_each(jobs.tags) AS tag WHERE tag.value IN (SELECT value FROM json_each(?)))',
        JSON.stringify(tags),
      ),
    within('jobs.posted_at', postedAt),
    within('jobs.first_seen_at', firstSeenAt),
    ...(score ? scored(score) : []),
    filter.hasProposal === undefined
      ? undefined
      : sql(`jobs.external_id ${filter.hasProposal ? 'IN' : 'NOT IN'} (SELECT job_external_id FROM proposals)`),
  ].filter((condition) => condition !== undefined);
}

function scored({ min = 0, max = 100 }: NonNullable<JobFilter['score']>): Sql[] {
  if (min < 0 || max > 100 || min > max)
    throw badInput(`The filter's score goes from ${min} to ${max}. Scores are 0 to 100, the lower one first.`);
  return [
    ...(min > 0 ? [sql('coalesce(jobs.score >= ?, 0)', min)] : []),
    ...(max < 100 ? [sql('coalesce(jobs.score <= ?, 0)', max)] : []),
  ];
}

function usableCriteria(criteria: JobCriteria, context: FilterContext): Sql {
  const [problem] = checkCriteria(criteria);
  if (problem) throw badInput(`The filter's criteria cannot be used. ${problem.message}`);
  return matchesCriteria(criteria, context);
}

function ofSearch(id: string, context: FilterContext): Sql {
  const search = context.savedSearch(id);
  if (!search) throw badInput(`There is no saved search ${id.slice(0, 60)}. \`savedSearches\` lists them.`);
  const query = parseTextQuery(search.query);
  return allOf([matchesCriteria(search.criteria, context), ...(query ? [matchesText(query, context.range)] : [])]);
}

function within(column: string, range: InstantRange | undefined): Sql | undefined {
  const bounds = [
    ...(range?.gte ? [sql(`${column} >= ?`, range.gte.getTime())] : []),
    ...(range?.lt ? [sql(`${column} < ?`, range.lt.getTime())] : []),
  ];
  return bounds.length > 0 ? allOf(bounds) : undefined;
}
