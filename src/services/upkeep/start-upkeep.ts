import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { EventLog } from '../events/model.ts';
import type { Retention } from '../jobs/retention.ts';
import type { ProposalService } from '../proposals/model.ts';

/** What is kept in order. */
export interface UpkeepDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  readonly retention: Pick<Retention, 'purgeBatch' | 'scrub'>;
  readonly proposals: Pick<ProposalService, 'forgetQuestions'>;
  readonly events: Pick<EventLog, 'trim'>;
}

const everyMs = 5 * 60_000;
/** Between two batches, so that others are served. */
const pauseMs = 20;
/** A reader in the way of emptying the write-ahead log is gone soon. */
const scrubAgainMs = 5_000;

/**
 * Deletes what has been kept long enough, at once and every five minutes: content of postings past their retention, also from proposals and from the
 * write-ahead log, and events older than seven days. Returns how to stop.
 */
export function startUpkeep({ clock, log, retention, proposals, events }: UpkeepDeps): () => void {
  let cancel = () => {};
  const next = (ms: number) => {
    cancel = clock.after(ms, round);
  };
  const round = () => {
    try {
      const purged = retention.purgeBatch() + proposals.forgetQuestions();
      if (purged > 0) {
        log.info({ count: purged }, 'Content of postings was deleted at the end of its retention');
        return next(pauseMs);
      }
      events.trim();
      const scrubbed = retention.scrub();
      if (scrubbed === 'unfinished') return next(pauseMs);
      if (scrubbed === 'busy') return next(scrubAgainMs);
    } catch (error) {
      log.error({ err: error }, 'Old content could not be deleted; it is tried again');
    }
    next(everyMs);
  };
  round();
  return () => cancel();
}
