import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { CategoryNode } from '../upwork/model.ts';
import { checkCriteria, type Nearest } from './criteria/check-criteria.ts';
import { createExplain, type Explain } from './criteria/explain.ts';
import { createDecisions } from './decisions.ts';
import { canonicalId } from './external-id.ts';
import { createIntake } from './intake/intake.ts';
import { createFacets } from './listing/facets.ts';
import { type FilterContext, matchesFilter, type SearchAsked } from './listing/filter.ts';
import { createJobList } from './listing/job-list.ts';
import { type JobRow, jobColumns, toJob } from './listing/job-row.ts';
import { defaultScoreWeights, type Job, type JobIntake, type JobService, type ScoreWeights } from './model.ts';
import { createRetention, type Retention } from './retention.ts';
import { createScoring, type Scoring } from './score/scoring.ts';
import { compose, sql } from './sql.ts';
import { createStatements } from './statements.ts';
import { excerpt, highlights } from './text/highlight.ts';

/** What jobs need. */
export interface JobsDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Random, 'fraction'>;
  /** How long content is kept, from the first reading on. */
  readonly retentionMs: number;
  /** What else a posting may call these categories: label, id, slug (services/categories). Default: nothing. */
  readonly categoryNames?: (names: readonly string[]) => readonly string[];
  /** What a posting may call the categories of which these name subcategories. Default: nothing. */
  readonly parentCategories?: (names: readonly string[]) => readonly string[];
  /** Upwork's category tree as kept, for postings that name categories by slug alone. Default: there is none. */
  readonly categoryTree?: () => readonly CategoryNode[] | undefined;
  /** Asked at each scoring. Default: skills 30, budget 20, client 25, competition 15, timing 10. */
  readonly scoreWeights?: () => ScoreWeights;
  /** A saved search by id, for filters that name one. Default: there are none. */
  readonly savedSearch?: (id: string) => SearchAsked | undefined;
  /** Where what the person decides is announced. Default: nowhere. */
  readonly events?: Pick<EventLog, 'append' | 'announce'>;
  /** Of words, those most like a word (services/categories), for "did you mean". */
  readonly nearest?: Nearest;
}

/** The parts of the jobs service. */
export interface Jobs {
  readonly jobs: JobService;
  readonly intake: JobIntake;
  /** For diagnosis and previews. */
  readonly explain: Explain;
  readonly scoring: Pick<Scoring, 'rescore' | 'isScoredBefore' | 'reaching'>;
  /** The job of an id, stored by its title alone where it is unknown (see `Intake.remember`). */
  readonly rememberJob: (externalId: string, title: string) => Job;
  readonly retention: Retention;
}

/** Stored jobs of this database: intake, lists, decisions, retention. Holds nothing open. */
export function createJobs(deps: JobsDeps): Jobs {
  const { db, clock, random, retentionMs, nearest } = deps;
  const now = () => clock.now();
  const statements = createStatements(db);
  const context = (): FilterContext => ({
    now: now(),
    categoryNames: deps.categoryNames ?? (() => []),
    parentCategories: deps.parentCategories ?? (() => []),
    savedSearch: deps.savedSearch ?? (() => undefined),
  });
  const scoring = createScoring(db, now, deps.scoreWeights ?? (() => defaultScoreWeights));
  const explain = createExplain({ statements, scoring, context });
  const retention = createRetention(db, now, retentionMs);
  const seqById = db.sql.prepare('SELECT seq FROM jobs WHERE id = ?').pluck();
  const readers = createReaders(db);

  const passes: JobService['passes'] = (jobId, filter) => {
    const seq = seqById.get(jobId) as number | undefined;
    if (seq === undefined) return false;
    const condition = matchesFilter(filter, { ...context(), range: { low: seq, high: seq } });
    return (
      statements.first(
        compose('SELECT 1 FROM jobs WHERE jobs.seq = {0} AND jobs.scanned = 1 AND {1}', sql('?', seq), condition),
      ) !== undefined
    );
  };

  const oldestKept = db.sql
    .prepare('SELECT min(posted_at) FROM jobs WHERE content_purged_at IS NULL AND scanned = 1')
    .pluck();
  const countMatching: JobService['countMatching'] = (criteria) => {
    const examined = explain({ criteria, scores: 'fresh', limit: -1 });
    const since = (oldestKept.get() as number | null) ?? now().getTime() - retentionMs;
    return { count: examined.filter(({ droppedBy }) => droppedBy.length === 0).length, since: new Date(since) };
  };

  const jobs: JobService = {
    ...readers,
    ...createJobList({ statements, context }),
    facets: createFacets({ statements, context }),
    highlights,
    excerpt,
    passes,
    checkFilter: (filter) => void matchesFilter(filter, { ...context(), range: { low: 0, high: 0 } }),
    ...createDecisions(db, now, deps.events, readers.byId),
    checkCriteria: (criteria) => checkCriteria(criteria, nearest),
    countMatching,
    purgeExpired: retention.purgeExpired,
    purgeAll: retention.purgeAll,
  };
  const categoryTree = deps.categoryTree ?? (() => undefined);
  const intake = createIntake({ db, clock, random, retentionMs, scoring, explain, categoryTree });
  const rememberJob = (externalId: string, title: string) => readers.byId(intake.remember(externalId, title)) as Job;
  return { jobs, intake, explain, scoring, rememberJob, retention };
}

function createReaders(db: Database): Pick<JobService, 'byId' | 'bySeq' | 'byExternalId'> {
  const select = (condition: string) => db.sql.prepare(`SELECT ${jobColumns} FROM jobs WHERE ${condition} LIMIT 1`);
  const byId = select('id = ?');
  const bySeq = select('seq = ?');
  const byNumber = select("platform = 'upwork' AND external_id = ?");
  const byCiphertext = select('ciphertext = ?');
  const jobOf = (row: unknown) => (row === undefined ? undefined : toJob(row as JobRow));
  return {
    byId: (id) => jobOf(byId.get(id)),
    bySeq: (seq) => jobOf(bySeq.get(seq)),
    byExternalId: (text) => {
      const { externalId, ciphertext } = canonicalId(text) ?? {};
      const row = (externalId && byNumber.get(externalId)) ?? (ciphertext && byCiphertext.get(ciphertext));
      return row ? jobOf(row) : undefined;
    },
  };
}
