import { ulid } from 'ulid';
import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import type { Database } from '../../database/model.ts';
import type { CategoryNode } from '../../upwork/model.ts';
import type { Explain } from '../criteria/explain.ts';
import { canonicalId, type ExternalIds } from '../external-id.ts';
import type { JobCriteria, JobIntake, JudgingSearch, Posting, StoredBatch } from '../model.ts';
import type { Scoring } from '../score/scoring.ts';
import { withCategoryLabels } from './category-labels.ts';
import { contentOf, countersOf, hashOf } from './content.ts';
import { changedFields, mergeContent, withoutHoles } from './edits.ts';
import { createIntakeTable, type KnownJob } from './intake-table.ts';
import { tidyInstant } from './tidy.ts';

/** What intake needs. */
export interface IntakeDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Random, 'fraction'>;
  readonly retentionMs: number;
  readonly scoring: Pick<Scoring, 'scoreJobs'>;
  readonly explain: Explain;
  /** Upwork's category tree as kept; undefined where there is none. */
  readonly categoryTree: () => readonly CategoryNode[] | undefined;
}

/** `JobIntake`, and a way for jobs that no scan has read. */
export interface Intake extends JobIntake {
  /**
   * Stores a job of which only its id and title are known, such as that of a proposal made elsewhere; returns its id.
   * It is no find: no list, filter or preview has it. It counts as applied to and as seen before, so that a scan that
   * reads it later fills it in without announcing it as new. A known job stays as it is.
   */
  remember(externalId: string, title: string): string;
}

type Outcome = StoredBatch['outcomes'][number];
/** What is thought of a posting that was read. */
type Verdict = Pick<Outcome, 'droppedBy' | 'meetsCriteria' | 'searchIds'>;

/** What reading one posting did. */
interface Reading {
  readonly seq: number;
  readonly jobId: string;
  readonly isPurged: boolean;
  readonly hasMatched: boolean;
  /** Nobody has heard of it: neither has it matched before, nor has a proposal named it. */
  readonly isUnseen: boolean;
  readonly changed: readonly string[];
  /** Something the score depends on may differ. */
  readonly isFresh: boolean;
}

/**
 * Stores what scans read. One row however often and under whichever id a posting is listed (F100); an edit is an
 * update; a purged job stays purged, and reading a posting again never prolongs its retention. Insert first, then ask
 * the database what matches.
 */
export function createIntake(deps: IntakeDeps): Intake {
  const { db, clock, random, retentionMs, scoring, explain } = deps;
  const table = createIntakeTable(db);

  const insert = (
    posting: Posting,
    ids: Required<Pick<ExternalIds, 'externalId'>> & ExternalIds,
    now: Date,
    scanned: 0 | 1,
  ): Reading => {
    const nowMs = now.getTime();
    const jobId = `job_${ulid(nowMs, () => random.fraction())}`;
    const content = contentOf(posting);
    const counters = countersOf(posting, now);
    // What a search lists is open unless it says otherwise.
    const state = content.state === 'UNKNOWN' && scanned === 1 ? 'OPEN' : content.state;
    const seq = table.insert({ ...content, state }, counters, {
      id: jobId,
      scanned,
      external_id: ids.externalId,
      ciphertext: ids.ciphertext ?? null,
      posted_at: tidyInstant(posting.postedAt, now) ?? nowMs,
      first_seen_at: nowMs,
      content_expires_at: nowMs + retentionMs,
      content_hash: hashOf(content),
    });
    return { seq, jobId, isPurged: false, hasMatched: false, isUnseen: scanned === 1, changed: [], isFresh: true };
  };

  const reread = (posting: Posting, known: KnownJob, now: Date): Reading => {
    const isPurged = known.content_purged_at !== null;
    const hasMatched = known.matched_at !== null;
    const isUnseen = !hasMatched && known.scanned === 1;
    const reading = { seq: known.seq, jobId: known.id, isPurged, hasMatched, isUnseen };
    if (known.scanned === 0) table.markScanned(known.seq, tidyInstant(posting.postedAt, now));
    if (isPurged) return { ...reading, changed: [], isFresh: false };
    const counted = table.updateCounters(known.seq, countersOf(posting, now), now);
    const read = contentOf(posting);
    const hash = hashOf(read);
    if (hash === known.content_hash) return { ...reading, changed: [], isFresh: counted };
    const stored = table.content(known.seq);
    const merged = mergeContent(stored, withoutHoles(read, posting));
    const changed = changedFields(stored, merged);
    if (changed.length > 0) table.updateContent(known.seq, merged, hash, now);
    else table.updateHash(known.seq, hash);
    return { ...reading, changed, isFresh: true };
  };

  const read = (posting: Posting, now: Date): Reading => {
    const ids = idsOf(posting);
    const known = table.find(ids);
    const reading = known ? reread(posting, known, now) : insert(posting, ids, now, 1);
    if (known) table.learnIds(known, ids);
    // Applying on Upwork itself is a decision too; one taken here by hand outweighs it.
    if (posting.applied) table.markApplied(reading.seq);
    return reading;
  };

  const store: JobIntake['store'] = (postings, criteria, searches = []) =>
    db.transaction((): StoredBatch => {
      const now = clock.now();
      const readings = new Map<number, Reading>();
      const tree = deps.categoryTree();
      for (const posting of postings) {
        const reading = read(withCategoryLabels(posting, tree), now);
        if (!readings.has(reading.seq)) readings.set(reading.seq, reading);
      }
      const verdictOn = judge([...readings.values()], criteria, searches);
      const outcomes = [...readings.values()].map((reading) => {
        const verdict = verdictOn(reading);
        const isWanted = verdict.meetsCriteria || verdict.searchIds.length > 0;
        const isNew = reading.isUnseen && isWanted;
        if (!reading.hasMatched && isWanted) table.markMatched(reading.seq, now);
        return toOutcome(reading, isNew, verdict);
      });
      return { outcomes };
    });

  /** Scores what changed, then asks which criteria each job misses, and which searches it matches. */
  const judge = (
    readings: readonly Reading[],
    given: JobCriteria | 'none' | undefined,
    searches: readonly JudgingSearch[],
  ): ((reading: Reading) => Verdict) => {
    const seqs = readings.filter(({ isPurged }) => !isPurged).map(({ seq }) => seq);
    const criteria = given === 'none' ? undefined : given;
    if (given !== undefined) score(readings, seqs, criteria ?? {});
    const droppedBy = new Map(
      seqs.length > 0 && criteria
        ? explain({ criteria, seqs, limit: seqs.length }).map((job) => [job.seq, job.droppedBy])
        : [],
    );
    const searchIds = new Map<number, string[]>(seqs.map((seq) => [seq, []]));
    for (const { id, criteria: wanted, query } of seqs.length > 0 ? searches : [])
      for (const job of explain({ criteria: wanted, seqs, limit: seqs.length, ...(query !== undefined && { query }) }))
        if (job.droppedBy.length === 0 && job.matchesQuery) searchIds.get(job.seq)?.push(id);
    return ({ seq, isPurged }) => {
      const dropped = droppedBy.get(seq) ?? [];
      return {
        droppedBy: dropped,
        meetsCriteria: given !== 'none' && !isPurged && dropped.length === 0,
        searchIds: searchIds.get(seq) ?? [],
      };
    };
  };

  const score = (readings: readonly Reading[], live: readonly number[], criteria: JobCriteria) => {
    const unscored = new Set(table.unscored(live));
    scoring.scoreJobs(
      readings.filter(({ seq, isFresh }) => isFresh || unscored.has(seq)).map(({ seq }) => seq),
      criteria,
    );
  };

  return {
    store,
    remember: (externalId, title) =>
      db.transaction(() => {
        const now = clock.now();
        const posting: Posting = { ...unread, externalId, title };
        const ids = idsOf(posting);
        const known = table.find(ids);
        if (known) return known.id;
        const { seq, jobId } = insert(posting, ids, now, 0);
        table.markApplied(seq);
        return jobId;
      }),
    rehearse: (postings, criteria, searches) => {
      const end = new Error('The rehearsal is over.');
      let batch: StoredBatch = { outcomes: [] };
      try {
        db.sql
          .transaction(() => {
            batch = store(postings, criteria, searches);
            throw end;
          })
          .immediate();
      } catch (error) {
        if (error !== end) throw error;
      }
      return batch;
    },
  };
}

const unread: Omit<Posting, 'externalId' | 'title'> = {
  description: '',
  skills: [],
  questions: [],
  client: {},
  state: 'UNKNOWN',
  applied: true,
};

function idsOf(posting: Posting): Required<Pick<ExternalIds, 'externalId'>> & ExternalIds {
  const own = canonicalId(posting.externalId);
  const ciphertext = (posting.ciphertext === undefined ? undefined : canonicalId(posting.ciphertext)) ?? own;
  const externalId = own?.externalId ?? ciphertext?.externalId ?? ciphertext?.ciphertext ?? posting.externalId;
  return ciphertext?.ciphertext === undefined ? { externalId } : { externalId, ciphertext: ciphertext.ciphertext };
}

function toOutcome(
  { seq, jobId, isPurged, isUnseen, changed }: Reading,
  isNew: boolean,
  { droppedBy, ...verdict }: Verdict,
): Outcome {
  const outcome = { seq, jobId, droppedBy: [], changed: [], ...verdict };
  if (isNew) return { ...outcome, outcome: 'new' };
  if (!isPurged && isUnseen) return { ...outcome, outcome: 'filtered', droppedBy };
  return { ...outcome, outcome: changed.length > 0 ? 'updated' : 'duplicate', changed };
}
