import type { Clock } from '../../clock.ts';
import type { Database } from '../database/model.ts';
import type { FieldFigures, FieldReading } from '../upwork/model.ts';
import { judgeField, shapeOf } from './judge-field.ts';
import { type FieldChange, type FieldDay, fieldChanges } from './model.ts';

/** A row of an incident; `since` in ms. */
export interface IncidentRow {
  readonly field: string;
  readonly change: FieldChange;
  readonly since: number;
  readonly example: string | null;
}

type Counts = Omit<FieldDay, 'day'>;

const dayMs = 86_400_000;
/** Days that say what is usual, and days that are kept. */
const history = { compared: 14, kept: 60 };
const column = { WITHHELD: 'withheld', UNREADABLE: 'unreadable', UNKNOWN: 'unknown' } as const;
const outcomes: Readonly<Record<Exclude<FieldReading['outcome'], 'read'>, FieldChange>> = {
  null: 'WITHHELD',
  unreadable: 'UNREADABLE',
  unknown: 'UNKNOWN',
};

/** The figures of this database. `changed` is called in the transaction of a change of incidents, `told` after it. */
export function createFigures(
  db: Database,
  clock: Pick<Clock, 'now'>,
  { changed, told }: { readonly changed: () => void; readonly told: () => void },
): FieldFigures & { incidents(): IncidentRow[]; days(): FieldDay[] } {
  const { sql } = db;
  const add = sql.prepare(
    `INSERT INTO field_figures (field, day, seen, withheld, unreadable, unknown)
     VALUES (@field, @day, @seen, @withheld, @unreadable, @unknown)
     ON CONFLICT (field, day) DO UPDATE SET seen = seen + @seen, withheld = withheld + @withheld,
       unreadable = unreadable + @unreadable, unknown = unknown + @unknown`,
  );
  const sum = sql.prepare(
    `SELECT field, sum(seen) AS seen, sum(withheld) AS withheld, sum(unreadable) AS unreadable, sum(unknown) AS unknown
     FROM field_figures WHERE field = ? AND day >= ? AND day < ?`,
  );
  const trim = sql.prepare('DELETE FROM field_figures WHERE day < ?');
  const days = sql.prepare('SELECT * FROM field_figures ORDER BY day DESC, field');
  const incidents = sql.prepare('SELECT * FROM field_incidents ORDER BY since DESC, field');
  const open = sql.prepare('SELECT * FROM field_incidents WHERE field = ? AND change = ?');
  const put = sql.prepare('INSERT INTO field_incidents (field, change, since, example) VALUES (?, ?, ?, ?)');
  const end = sql.prepare('DELETE FROM field_incidents WHERE field = ? AND change = ?');
  const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

  /** Looks at one field after its figures have grown; answers whether an incident began or ended. */
  const judge = (field: string, change: FieldChange, now: number, example: string | undefined): boolean => {
    const known = open.get(field, change) as IncidentRow | undefined;
    const before = known?.since ?? now;
    const between = (from: number, to: number) => {
      const counts = sum.get(field, dayOf(from), dayOf(to)) as Counts;
      return { seen: counts.seen ?? 0, count: counts[column[change]] ?? 0 };
    };
    const verdict = judgeField(change, between(now, now + dayMs), between(before - history.compared * dayMs, before));
    if (verdict === 'changed' && !known) return put.run(field, change, now, example ?? null).changes > 0;
    return verdict === 'as_ever' && known !== undefined && end.run(field, change).changes > 0;
  };

  return {
    note: (readings) => {
      if (readings.length === 0) return;
      const now = clock.now().getTime();
      const hasChanged = db.transaction(() => {
        const changes = tally(readings).map(({ counts, examples }) => {
          add.run({ ...counts, day: dayOf(now) });
          return fieldChanges.filter((change) => judge(counts.field, change, now, examples[change])).length > 0;
        });
        trim.run(dayOf(now - history.kept * dayMs));
        if (changes.includes(true)) changed();
        return changes.includes(true);
      });
      if (hasChanged) told();
    },
    incidents: () => incidents.all() as IncidentRow[],
    days: () => days.all() as FieldDay[],
  };
}

/** The readings of an answer, counted by field, with the shape of one value of each odd kind. */
function tally(readings: readonly FieldReading[]) {
  const fields = new Map<string, { counts: Counts; examples: Partial<Record<FieldChange, string>> }>();
  for (const { field, outcome, value } of readings) {
    const none: { counts: Counts; examples: Partial<Record<FieldChange, string>> } = {
      counts: { field, seen: 0, withheld: 0, unreadable: 0, unknown: 0 },
      examples: {},
    };
    const { counts, examples } = fields.get(field) ?? none;
    const change = outcome === 'read' ? undefined : outcomes[outcome];
    const isExample = change !== undefined && outcome !== 'null' && examples[change] === undefined;
    fields.set(field, {
      counts: { ...counts, seen: counts.seen + 1, ...(change && { [column[change]]: counts[column[change]] + 1 }) },
      examples: isExample ? { ...examples, [change]: shapeOf(value) } : examples,
    });
  }
  return [...fields.values()];
}
