import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Database } from '../../database/model.ts';
import type { EventBody, EventLog, StatusAtEvent } from '../../events/model.ts';
import type { SecretStoreHealth } from '../../secrets/model.ts';
import { createAlarm } from '../alarm.ts';
import type { ConnectionStatus } from '../model.ts';
import type { ConnectionRow, ConnectionRows } from '../records/connection-row.ts';
import { nextAction } from './next-action.ts';
import { type StatusFacts, showStatus, statusMessage } from './status.ts';

/** Id of the platform's node: the subject of its events. */
export const platformId = 'platform_upwork';

/** What a change does beside its own writes: columns of the row, and events that say how the status is after it. */
export interface Change {
  readonly row?: Partial<ConnectionRow>;
  readonly events?: readonly ((status: StatusAtEvent) => EventBody)[];
}

/** Where the status is worked out and its changes are told. */
export interface StatusBoard {
  facts(): StatusFacts;
  /** The few facts that every call to the platform asks for. */
  gate(): Pick<StatusFacts, 'row' | 'health'>;
  shown(): { readonly status: ConnectionStatus; readonly message: string };
  /**
   * Makes a change in one transaction with everything it announces; `work` runs inside it, synchronously. When another status is shown
   * after it than the one last announced, that is an event too, and listeners are called once it is committed.
   */
  change(work: (row: ConnectionRow) => Change): void;
  /** Announces what has changed without anybody's doing: time, health, the budget. */
  settle(): void;
  listen(listener: (status: ConnectionStatus, previous: ConnectionStatus) => void): () => void;
  close(): void;
}

/** What the board needs. */
export interface StatusBoardDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  readonly events: EventLog;
  readonly rows: ConnectionRows;
  readonly publicUrl: () => string;
  readonly health: () => SecretStoreHealth;
  /** All but the row, the secret store and the time. */
  readonly surroundings: () => Omit<StatusFacts, 'row' | 'health' | 'now'>;
}

/** A board that holds one timer, for the end of a rate limit. Its owner closes it. */
export function createStatusBoard(deps: StatusBoardDeps): StatusBoard {
  const { db, clock, log, events, rows } = deps;
  const listeners = new Set<(status: ConnectionStatus, previous: ConnectionStatus) => void>();
  const throttleEnd = createAlarm(clock, () => board.settle());
  const gate = () => ({ row: rows.read(), health: deps.health() });
  const facts = (): StatusFacts => ({ ...deps.surroundings(), ...gate(), now: clock.now() });

  const describe = (status: ConnectionStatus, now: StatusFacts): StatusAtEvent => ({
    status,
    message: statusMessage(status, now),
    statusChangedAt: new Date(now.row.statusChangedAt).toISOString(),
    nextAction: nextAction(status, now, `${deps.publicUrl()}/`),
  });

  const commit = (work: (row: ConnectionRow) => Change) =>
    db.transaction(() => {
      const { row = {}, events: told = [] } = work(rows.read());
      if (Object.keys(row).length > 0) rows.write(row);
      const before = facts();
      const status = showStatus(before);
      const previous = before.row.announcedStatus;
      const isNew = status !== previous;
      if (isNew) rows.write({ announcedStatus: status, statusChangedAt: before.now.getTime() });
      const at = describe(status, isNew ? facts() : before);
      for (const body of told) events.append(body(at));
      if (isNew) events.append({ type: 'PLATFORM_STATUS_CHANGED', subjectId: platformId, previous, status: at });
      return { status, previous, isNew, message: at.message, hasEvents: isNew || told.length > 0 };
    });

  const board: StatusBoard = {
    facts,
    gate,
    shown: () => {
      const now = facts();
      const status = showStatus(now);
      return { status, message: statusMessage(status, now) };
    },
    change: (work) => {
      const { status, previous, isNew, message, hasEvents } = commit(work);
      const { throttled, now } = facts();
      if (throttled && throttled.until > now) throttleEnd.set(throttled.until.getTime() - now.getTime());
      else throttleEnd.off();
      if (hasEvents) events.announce();
      if (!isNew) return;
      log.info({ platform: 'upwork', status, from: previous }, message);
      for (const listener of [...listeners]) listener(status, previous);
    },
    settle: () => board.change(() => ({})),
    listen: (listener) => {
      const own = (status: ConnectionStatus, previous: ConnectionStatus) => listener(status, previous);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    close: () => throttleEnd.off(),
  };
  return board;
}
