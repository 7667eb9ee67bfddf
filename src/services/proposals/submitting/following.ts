import type { ProposalListing, UpstreamProposal } from '../../upwork/calls/proposal-calls.ts';
import type { ProposalStatus, ProposalSyncResult } from '../model.ts';
import type { ProposalDeps } from '../proposal-deps.ts';
import type { ProposalRow } from '../proposal-row.ts';
import { statusOf } from '../transitions.ts';
import { markApplied } from './submit.ts';

/** An attempt that Upwork does not show after this long was not taken. Long enough for an answer that was only slow. */
const settledAfterMs = 10 * 60_000;
/** Of these of ours, Upwork's one for the same job is the continuation. */
const awaiting: readonly ProposalStatus[] = [
  'SUBMITTING',
  'OUTCOME_UNKNOWN',
  'AWAITING_MANUAL_SUBMISSION',
  'DRAFT',
  'FAILED',
];
const notTaken = 'Upwork does not have it: it was not submitted. Change or confirm it anew to send it.';
const over: readonly ProposalStatus[] = ['WITHDRAWN', 'ARCHIVED', 'DECLINED', 'FAILED'];

/** Between two readings of the whole list: a change far back is noticed then at the latest. */
const wholeEveryMs = 24 * 60 * 60_000;
const wholeKey = 'proposals_read_whole_at';

/** Reading back what Upwork has of the account's proposals. */
export interface Following {
  /**
   * Reads them, notes what changed, and settles what is open: all of them once a day and while an outcome is unknown,
   * otherwise as far as something is new. @throws UpworkError
   */
  sync(signal?: AbortSignal): Promise<ProposalSyncResult>;
  /** Reads those of one job and settles our open attempt. True when it is settled. @throws UpworkError */
  settle(proposalId: string): Promise<boolean>;
}

/** Noting what Upwork says: from whatever status, since it is the truth. */
export function createFollowing(deps: ProposalDeps): Following {
  const { db, clock, events, store } = deps;
  const readWholeAt = db.sql
    .prepare<[string], number | null>('SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?')
    .pluck();
  const noteWhole = db.sql.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');

  /** Noting it would change nothing. */
  const isKnown = (upstream: UpstreamProposal): boolean => {
    const status = statusOf(upstream.status, upstream.viewed);
    const row = store.byExternalId(upstream.externalId);
    return row !== undefined && (row.status === status || (row.status === 'VIEWED' && status === 'SUBMITTED'));
  };

  const note = (upstream: UpstreamProposal): boolean => {
    const status = statusOf(upstream.status, upstream.viewed);
    if (status === undefined) {
      deps.log.warn({ status: upstream.status }, 'Upwork names a proposal status that Prospector does not know');
      return false;
    }
    const row = store.byExternalId(upstream.externalId) ?? matching(upstream, status, deps);
    if (!row) {
      addForeign(upstream, status, deps);
      return true;
    }
    // Once it was opened it stays opened, whatever a later answer leaves out.
    const shown = status === 'SUBMITTED' && row.status === 'VIEWED' ? 'VIEWED' : status;
    if (row.status === shown && row.externalId === upstream.externalId) return false;
    const wasOpen = awaiting.includes(row.status);
    const changed = store.change(
      row,
      shown,
      {
        externalId: upstream.externalId,
        submittedAt: row.submittedAt ?? upstream.createdAt?.getTime() ?? clock.now().getTime(),
      },
      {
        source: 'SYNC',
        ...(upstream.modifiedAt && { at: upstream.modifiedAt }),
        ...(upstream.reason !== undefined && { note: upstream.reason.slice(0, 200) }),
      },
    );
    if (wasOpen && !over.includes(shown)) markApplied(changed, deps);
    return true;
  };

  /** Attempts that Upwork was asked about and did not show: not taken, if everything could be read; else still not known, and why. */
  const settleMissing = (
    candidates: readonly ProposalRow[],
    { proposals, unread, isWhole }: ProposalListing,
    askedAt: number,
  ): number => {
    const jobs = new Set(proposals.map(({ jobExternalId }) => jobExternalId));
    let changed = 0;
    for (const row of candidates) {
      const current = store.byId(row.id);
      if (current?.status !== 'OUTCOME_UNKNOWN' || jobs.has(row.jobExternalId)) continue;
      if (askedAt - (row.attemptAt ?? 0) < settledAfterMs) continue;
      if (!isWhole) continue;
      if (unread.length === 0) store.change(current, 'FAILED', {}, { source: 'SYNC', note: notTaken });
      else if (!store.remark(current, { source: 'SYNC', note: stillUnknown(unread) })) continue;
      changed += 1;
    }
    return changed;
  };

  const apply = (listing: ProposalListing, candidates: readonly ProposalRow[], askedAt: number): number => {
    const changed = db.transaction(() => {
      const noted = listing.proposals.filter((upstream) => note(upstream)).length;
      return noted + settleMissing(candidates, listing, askedAt);
    });
    events.announce();
    if (listing.unread.length > 0)
      deps.log.warn({ problems: listing.unread }, "Upwork's list of proposals could not be read whole");
    return changed;
  };

  const sync: Following['sync'] = async (signal) => {
    const askedAt = clock.now().getTime();
    const candidates = store.withStatus(['OUTCOME_UNKNOWN']);
    const sinceMs = askedAt - (readWholeAt.get(wholeKey) ?? Number.NEGATIVE_INFINITY);
    const needsWhole = candidates.length > 0 || sinceMs < 0 || sinceMs >= wholeEveryMs;
    const listing = await deps.upwork.list({ ...(!needsWhole && { isKnown }), ...(signal && { signal }) });
    if (listing.isWhole && listing.unread.length === 0) noteWhole.run(wholeKey, String(askedAt));
    return { seen: listing.proposals.length, changed: apply(listing, candidates, askedAt), unread: listing.unread };
  };

  return {
    sync,
    settle: async (proposalId) => {
      const isSettled = () => store.byId(proposalId)?.status !== 'OUTCOME_UNKNOWN';
      const row = store.byId(proposalId);
      if (row === undefined || isSettled()) return true;
      // What the list of one job shows is there. What it does not show is nowhere only if the whole list does not show it: whether the filter
      // by job leaves anything out is not known (FACTS §6).
      const ofJob = await deps.upwork.list({ jobExternalId: row.jobExternalId });
      apply({ ...ofJob, unread: [] }, [], clock.now().getTime());
      if (!isSettled() && clock.now().getTime() - (row.attemptAt ?? 0) >= settledAfterMs) await sync();
      return isSettled();
    },
  };
}

/** Ours for the same job that waits to be one of Upwork's. A finished old one there is not what a fresh draft becomes. */
function matching(
  upstream: UpstreamProposal,
  status: ProposalStatus,
  { store }: ProposalDeps,
): ProposalRow | undefined {
  return store.ofJob(upstream.jobExternalId).find((row) => {
    if (row.externalId !== null || !awaiting.includes(row.status)) return false;
    const isAttempt = row.status === 'SUBMITTING' || row.status === 'OUTCOME_UNKNOWN';
    const isOld = over.includes(status) && (upstream.createdAt?.getTime() ?? 0) < row.createdAt;
    return isAttempt ? !isOld : !over.includes(status);
  });
}

function stillUnknown(unread: readonly string[]): string {
  const told = unread.slice(0, 3).join(' ');
  const more = unread.length > 3 ? ` And ${unread.length - 3} more.` : '';
  return `Upwork did not show it, but its list could not be read whole: ${told}${more} Look at your proposals on Upwork before you send anything again.`.slice(
    0,
    500,
  );
}

function addForeign(upstream: UpstreamProposal, status: ProposalStatus, deps: ProposalDeps): void {
  const job =
    deps.jobs.byExternalId(upstream.jobExternalId) ?? deps.rememberJob(upstream.jobExternalId, upstream.jobTitle);
  const submittedAt = upstream.createdAt ?? deps.clock.now();
  const row = deps.store.insert(
    {
      externalId: upstream.externalId,
      jobId: job.id,
      jobExternalId: upstream.jobExternalId,
      status,
      submissionMode: null,
      coverLetter: upstream.coverLetter,
      terms: JSON.stringify({ milestones: [], ...(upstream.rate && { rate: upstream.rate }) }),
      answers: '[]',
      connects: null,
      attemptAt: null,
      refusal: null,
      submittedAt: submittedAt.getTime(),
      createdAt: submittedAt.getTime(),
    },
    { source: 'SYNC', note: 'Found at Upwork', ...(upstream.modifiedAt && { at: upstream.modifiedAt }) },
  );
  if (!over.includes(status)) markApplied(row, deps);
}
