import { ulid } from 'ulid';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import { RefusedError } from '../failures/model.ts';
import { createBell } from './bell.ts';
import { cursorOf, seqOf } from './cursor.ts';
import { followLog } from './follow.ts';
import type { EventBody, EventLog, EventType, LoggedEvent } from './model.ts';
import { watchWriters } from './watch-writers.ts';

/** How long entries are kept. */
export const keptMs = 7 * 24 * 60 * 60 * 1_000;

interface EventRow {
  seq: number;
  id: string;
  type: EventType;
  occurred_at: number;
  payload: string;
}

/** What the log needs. */
export interface EventLogDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
}

/** The event log of this database. Entries are kept 7 days; `trim` deletes older ones. */
export function createEventLog({ db, clock, random }: EventLogDeps): EventLog {
  const bell = createBell();
  const insert = db.sql.prepare(
    'INSERT INTO events (id, type, occurred_at, subject_id, payload) VALUES (?, ?, ?, ?, ?)',
  );
  const newest = db.sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'").pluck();
  const oldest = db.sql.prepare('SELECT min(seq) FROM events').pluck();
  const readAll = db.sql.prepare(
    'SELECT seq, id, type, occurred_at, payload FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const readTypes = db.sql.prepare(
    'SELECT seq, id, type, occurred_at, payload FROM events WHERE seq > ? AND type IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?',
  );
  const trimOld = db.sql.prepare('DELETE FROM events WHERE occurred_at < ?');

  const newestSeq = () => (newest.get() as number | undefined) ?? 0;
  const toEvent = (row: EventRow): LoggedEvent =>
    ({
      ...(JSON.parse(row.payload) as EventBody),
      seq: row.seq,
      id: row.id,
      cursor: cursorOf(db.storeId, row.seq),
      occurredAt: new Date(row.occurred_at),
    }) as LoggedEvent;

  const read: EventLog['read'] = ({ types, after = 0, limit }) =>
    ((types ? readTypes.all(after, JSON.stringify(types), limit) : readAll.all(after, limit)) as EventRow[]).map(
      toEvent,
    );

  const position = (cursor: string): number => {
    const seq = seqOf(db.storeId, cursor);
    if (seq > newestSeq())
      throw new RefusedError(
        'BAD_USER_INPUT',
        'This cursor lies in the future of this log. Use a cursor that an event or system.latestEventCursor gave.',
      );
    const first = (oldest.get() as number | null) ?? newestSeq() + 1;
    if (seq < first - 1) {
      const oldestCursor = cursorOf(db.storeId, first - 1);
      throw new RefusedError(
        'CURSOR_EXPIRED',
        'This cursor is older than the events kept (7 days). Read the present state, then follow from `oldestCursor` or `system.latestEventCursor`.',
        { oldestCursor },
      );
    }
    return seq;
  };

  return {
    append: (body) => {
      if (!db.sql.inTransaction) throw new Error('An event is appended in the transaction of its change.');
      const now = clock.now();
      const id = `evt_${ulid(now.getTime(), () => random.fraction())}`;
      const seq = Number(
        insert.run(id, body.type, now.getTime(), body.subjectId, JSON.stringify(body)).lastInsertRowid,
      );
      return { ...body, seq, id, cursor: cursorOf(db.storeId, seq), occurredAt: now } as LoggedEvent;
    },
    announce: bell.ring,
    latestCursor: () => cursorOf(db.storeId, newestSeq()),
    position,
    read,
    follow: (options) =>
      followLog({ read, position, newestSeq, cursorAt: (seq) => cursorOf(db.storeId, seq), bell, clock }, options),
    watch: () => watchWriters(db, clock, bell.ring),
    followers: bell.listeners,
    trim: () => trimOld.run(clock.now().getTime() - keptMs).changes,
  };
}
