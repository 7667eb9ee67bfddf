import type { Database } from '../../database/model.ts';
import type { CoverageGapCause } from '../model.ts';

/** A row of `coverage_gaps`; instants in ms. `to` is absent while it grows. */
export interface Gap {
  readonly seq: number;
  readonly from: number;
  readonly to?: number;
  readonly cause: CoverageGapCause;
  readonly filledAt?: number;
  readonly tried: boolean;
}

/** The gaps of this database. Writes join the caller's transaction. */
export interface GapTable {
  add(gap: { from: number; to?: number; cause: CoverageGapCause; filledAt?: number; tried?: boolean }): void;
  /** Gives one an end: it grows no longer. */
  close(seq: number, to: number): void;
  remove(seq: number): void;
  /** The one that grows: there is one at most. */
  growing(): Gap | undefined;
  unfilled(): Gap[];
  /** Those that end after an instant, filled ones too, oldest first. */
  since(at: number): Gap[];
  /** None counts as tried any more. */
  untry(): void;
  /** Deletes those that ended before an instant. */
  trim(before: number): void;
}

interface Row {
  readonly seq: number;
  readonly from_at: number;
  readonly to_at: number | null;
  readonly cause: CoverageGapCause;
  readonly filled_at: number | null;
  readonly tried: number;
}

/** The table of gaps. */
export function createGapTable({ sql }: Database): GapTable {
  const insert = sql.prepare(
    "INSERT INTO coverage_gaps (platform, from_at, to_at, cause, filled_at, tried) VALUES ('upwork', @from, @to, @cause, @filledAt, @tried)",
  );
  const close = sql.prepare('UPDATE coverage_gaps SET to_at = ? WHERE seq = ?');
  const remove = sql.prepare('DELETE FROM coverage_gaps WHERE seq = ?');
  const growing = sql.prepare("SELECT * FROM coverage_gaps WHERE platform = 'upwork' AND to_at IS NULL");
  const unfilled = sql.prepare(
    "SELECT * FROM coverage_gaps WHERE platform = 'upwork' AND filled_at IS NULL ORDER BY from_at",
  );
  const since = sql.prepare(
    "SELECT * FROM coverage_gaps WHERE platform = 'upwork' AND (to_at IS NULL OR to_at > ?) ORDER BY from_at, seq",
  );
  const untry = sql.prepare("UPDATE coverage_gaps SET tried = 0 WHERE platform = 'upwork' AND filled_at IS NULL");
  const trim = sql.prepare("DELETE FROM coverage_gaps WHERE platform = 'upwork' AND to_at < ?");
  return {
    add: ({ from, to, cause, filledAt, tried = false }) =>
      void insert.run({ from, to: to ?? null, cause, filledAt: filledAt ?? null, tried: Number(tried) }),
    close: (seq, to) => void close.run(to, seq),
    remove: (seq) => void remove.run(seq),
    growing: () => {
      const row = growing.get() as Row | undefined;
      return row && toGap(row);
    },
    unfilled: () => (unfilled.all() as Row[]).map(toGap),
    since: (at) => (since.all(at) as Row[]).map(toGap),
    untry: () => void untry.run(),
    trim: (before) => void trim.run(before),
  };
}

function toGap(row: Row): Gap {
  return {
    seq: row.seq,
    from: row.from_at,
    cause: row.cause,
    tried: row.tried === 1,
    ...(row.to_at !== null && { to: row.to_at }),
    ...(row.filled_at !== null && { filledAt: row.filled_at }),
  };
}
