import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Actor } from '../../access/model.ts';
import type { ConnectionService } from '../../connection/model.ts';
import type { Database } from '../../database/model.ts';
import type { EventLog } from '../../events/model.ts';
import type { CoverageBook } from '../coverage/coverage.ts';
import type { ScheduleStore } from '../schedule-state.ts';

/** Whose `paused` it is. */
const subjectId = 'platform_upwork';
const restrictionReason = 'Upwork restricted the account';

/** What pausing needs. `wake` lets the schedule look again. */
export interface PauseDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly connection: Pick<ConnectionService, 'status' | 'liftRestriction'>;
  readonly schedule: ScheduleStore;
  readonly coverage: CoverageBook;
  readonly events: Pick<EventLog, 'append' | 'announce'>;
  readonly wake: () => void;
}

/** Pausing and resuming; both survive restarts, hold for all processes on the database, and are announced. */
export interface Pause {
  pause(reason: string, by: Actor): void;
  /** Scanning goes on, at once; a restriction is lifted until the next call shows whether it still holds. */
  resume(): void;
  /** Upwork restricted the account: replaces a pause by hand, since a person must now decide (F108). */
  restrict(): void;
}

/** Makes the switch of this database. */
export function createPause({ db, clock, log, connection, schedule, coverage, events, wake }: PauseDeps): Pause {
  const tell = () => events.append({ type: 'NODE_CHANGED', subjectId, change: 'UPDATED', changed: ['paused'] });
  const pause = (reason: string, by: Actor) => {
    db.transaction(() => {
      schedule.pause({ reason, since: clock.now(), by });
      coverage.open('PAUSED');
      tell();
    });
    events.announce();
  };
  return {
    pause: (reason, by) => {
      pause(reason, by);
      log.info({ reason, kind: by.kind }, 'scanning is paused');
      wake();
    },
    resume: () => {
      const earlier = schedule.read().pause;
      db.transaction(() => {
        schedule.resume();
        if (!earlier) return;
        schedule.plan(clock.now());
        tell();
      });
      events.announce();
      if (earlier?.by.kind === 'PLATFORM' || connection.status().status === 'RESTRICTED') connection.liftRestriction();
      if (earlier) log.info({ reason: earlier.reason }, 'scanning goes on');
      wake();
    },
    restrict: () => {
      if (schedule.read().pause?.by.kind === 'PLATFORM') return;
      pause(restrictionReason, { kind: 'PLATFORM', name: 'Upwork' });
      log.warn({ reason: restrictionReason }, 'scanning is paused until a person resumes it');
    },
  };
}
