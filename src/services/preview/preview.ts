import type { Clock } from '../../clock.ts';
import type { Database } from '../database/model.ts';
import { DomainError } from '../failures/model.ts';
import type { Explain } from '../jobs/criteria/explain.ts';
import type { JobService } from '../jobs/model.ts';
import type { Scoring } from '../jobs/score/scoring.ts';
import type { PreferencesService } from '../preferences/model.ts';
import type { SearchService } from '../searches/model.ts';
import { withoutUnset } from './criteria-patch.ts';
import { createExamine, type Filter, isMatch } from './examine.ts';
import { previewFunnel } from './funnel.ts';
import type { PreviewInput, PreviewService, SavedSearch } from './model.ts';
import { peakPerHour, perDay } from './rates.ts';
import { suggestFor } from './suggest.ts';
import { createWhyNot } from './why-not.ts';

/** What previews need. */
export interface PreviewDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly jobs: Pick<JobService, 'byId' | 'checkCriteria'>;
  readonly explain: Explain;
  readonly scoring: Pick<Scoring, 'reaching'>;
  readonly preferences: Pick<PreferencesService, 'current'>;
  readonly searches: Pick<SearchService, 'byId'>;
  /** How long content is kept. */
  readonly retentionMs: number;
}

const samplesAtMost = 10;
/** Of matches lost or gained, the newest so many are named. */
const comparedAtMost = 100;

/** Previews over the jobs of this database. Reads alone. */
export function createPreview(deps: PreviewDeps): PreviewService {
  const { db, clock, jobs, searches, retentionMs } = deps;
  const examine = createExamine(deps.explain, deps.scoring);
  const oldestKept = db.sql.prepare('SELECT min(posted_at) FROM jobs WHERE content_purged_at IS NULL').pluck();
  const storedSince = db.sql.prepare('SELECT count(*) FROM jobs WHERE posted_at >= ?').pluck();

  const savedSearch = (id: string): SavedSearch => {
    const search = searches.byId(id);
    if (search) return search;
    throw new DomainError({
      type: 'NotFoundError',
      code: 'NOT_FOUND',
      message: 'There is no saved search with this id. `savedSearches` lists them.',
      path: ['savedSearchId'],
      nodeId: id,
    });
  };
  /** Nothing posted before this has content: everything before the retention, but for what was old when it was first seen. */
  const keptSince = (now: Date) =>
    Math.min((oldestKept.get() as number | null) ?? Number.POSITIVE_INFINITY, now.getTime() - retentionMs);

  return {
    preview: (input) => {
      const compared = input.savedSearchId ? savedSearch(input.savedSearchId) : undefined;
      const filter = filterOf(input, compared);
      const problems = jobs.checkCriteria(filter.criteria);
      if (problems.length > 0)
        throw new DomainError(problems.map((problem) => ({ ...problem, path: ['criteria', ...(problem.path ?? [])] })));
      const now = clock.now();
      const since = new Date(Math.max(input.since.getTime(), keptSince(now)));
      const examined = examine(filter, { since });
      const matches = examined.filter(isMatch);
      const whole = { filter, jobs: examined, stored: storedSince.get(since.getTime()) as number };
      const instants = matches.map(({ postedAt }) => postedAt);
      // Of what was posted before the retention only a part is kept: it would make a rate too low.
      const measuredSince = new Date(Math.max(since.getTime(), now.getTime() - retentionMs));
      return {
        since,
        matches: matches.length,
        matchesPerDay: perDay(instants, measuredSince, now),
        peakPerHour: peakPerHour(instants),
        sample: matches.slice(0, samplesAtMost).map(({ jobId }) => jobId),
        ...differences(compared ? examine(filterOf({}, compared), { since }).filter(isMatch) : matches, matches),
        funnel: previewFunnel(whole),
        suggestions: suggestFor({ examine, jobs, scoring: deps.scoring }, whole),
      };
    },
    whyNot: createWhyNot({ ...deps, examine, savedSearch }),
  };
}

/** What is tried: the text and criteria given, whatever the saved search asks for; with neither, the saved search itself. */
function filterOf({ query, criteria }: Pick<PreviewInput, 'query' | 'criteria'>, search?: SavedSearch): Filter {
  if (search && (query ?? undefined) === undefined && (criteria ?? undefined) === undefined)
    return { criteria: search.criteria, ...(search.query !== undefined && { query: search.query }) };
  const text = query?.trim();
  return { criteria: withoutUnset(criteria ?? {}), ...(text && { query: text }) };
}

function differences(before: readonly { readonly jobId: string }[], now: readonly { readonly jobId: string }[]) {
  const without = (list: typeof before, other: typeof before) => {
    const known = new Set(other.map(({ jobId }) => jobId));
    return list.filter(({ jobId }) => !known.has(jobId)).map(({ jobId }) => jobId);
  };
  const [lost, gained] = [without(before, now), without(now, before)];
  return {
    onlyBefore: lost.slice(0, comparedAtMost),
    onlyBeforeCount: lost.length,
    onlyNow: gained.slice(0, comparedAtMost),
    onlyNowCount: gained.length,
  };
}
