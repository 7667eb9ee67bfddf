import type { Clock } from '../../../clock.ts';
import type { Database } from '../../database/model.ts';
import type { Posting } from '../../jobs/model.ts';
import type { Coverage, CoverageGapCause } from '../model.ts';
import type { ScheduleStore } from '../schedule-state.ts';
import { inside, outside, type Stretch } from '../stretch.ts';
import { createGapTable, type Gap } from './gap-table.ts';
import type { Unread } from './model.ts';
import { unreadOf } from './unread.ts';

/** Windows overlap by this much: Upwork's order is not strict and postings may appear late (FACTS §5). */
export const overlapMs = 30 * 60_000;

const keptMs = 90 * 86_400_000;
/** What was posted this long ago is not looked for any more: it may be kept no longer than a day (FACTS §10). */
const givenUpMs = 86_400_000;

/** What a scan has looked at. */
export interface Examined {
  /** Everything posted after this has been seen; −∞: everything. */
  readonly reachMs: number;
  /** Stretches that were not read. */
  readonly unread: readonly Stretch[];
  /** Stretches in which postings were withheld. */
  readonly holes: readonly Stretch[];
  /** The scan's start. */
  readonly to: Date;
  /** What kept it from reaching further; undefined where its bound did. */
  readonly cause?: CoverageGapCause;
}

/** The account of what has been looked at and what has not. Writes join the caller's transaction. */
export interface CoverageBook {
  /** Scanning stands still from now on: a gap grows from where the last scan ended. Nothing before the first scan. */
  open(cause: CoverageGapCause): void;
  /** A scan is late, and nothing has said why: it was not running. */
  late(): void;
  /** A scan has ended well enough to count: what it reached back over is filled, the rest stays a gap. */
  record(examined: Examined): void;
  /**
   * How far back the next scan should look, undefined for as far as it may. It goes over what the last scan saw once
   * more, so that what slipped between two of its pages is found, and over gaps of the last day that no whole scan
   * has tried yet.
   */
  windowStart(): Date | undefined;
  /** What has not been read and is not too old to be kept, the oldest first. */
  wanted(): Stretch[];
  /** What a whole scan that read these postings has left, apart from what Upwork withheld; undefined for nothing. */
  leftByBound(read: readonly Posting[]): Unread | undefined;
  /** The preferences have changed: what could not be reached may be reached now. */
  reconsider(): void;
  report(since: Date): Coverage;
}

/** The coverage of this database. */
export function createCoverage(db: Database, clock: Pick<Clock, 'now'>, schedule: ScheduleStore): CoverageBook {
  const gaps = createGapTable(db);
  const nowMs = () => clock.now().getTime();

  /**
   * Fills what of a gap lies in no `missed` stretch. What stays, a piece each, counts as tried where it lies before
   * all that was reached.
   */
  const settle = (gap: Gap & Stretch, missed: readonly Stretch[], reachMs: number, isWhole: boolean): void => {
    const filled = outside(gap, missed);
    if (filled.length === 0 && gap.tried) return;
    gaps.remove(gap.seq);
    for (const piece of filled) gaps.add({ ...piece, cause: gap.cause, filledAt: nowMs() });
    for (const piece of outside(gap, filled))
      gaps.add({ ...piece, cause: gap.cause, tried: gap.tried || (isWhole && piece.to <= reachMs) });
  };

  const open: CoverageBook['open'] = (cause) => {
    const growing = gaps.growing();
    if (growing?.cause === cause) return;
    const { examinedTo } = schedule.read();
    if (!examinedTo) return;
    const start = growing ? Math.max(nowMs(), growing.from) : examinedTo.getTime();
    if (growing) gaps.close(growing.seq, start);
    gaps.add({ from: start, cause });
  };

  const wanted = () => {
    const recent = { from: nowMs() - givenUpMs, to: nowMs() };
    return gaps
      .unfilled()
      .flatMap(({ from, to = nowMs(), cause }) => inside(recent, [{ from, to }]).map((piece) => ({ ...piece, cause })));
  };

  return {
    open,
    late: () => {
      if (!gaps.growing()) open('DOWNTIME');
    },
    record: ({ reachMs, unread, holes, to, cause }) => {
      const end = to.getTime();
      const isWhole = cause === undefined;
      const growing = gaps.growing();
      for (const gap of gaps.unfilled())
        settle({ ...gap, to: gap.to ?? Math.max(end, gap.from) }, [...unread, ...holes], reachMs, isWhole);
      const { examinedTo } = schedule.read();
      if (examinedTo && !growing) {
        const since = { from: examinedTo.getTime(), to: end };
        for (const piece of inside(since, unread)) gaps.add({ ...piece, cause: cause ?? 'TRUNCATED', tried: isWhole });
        const withheld = outside(since, unread).flatMap((reached) => inside(reached, holes));
        for (const piece of withheld) gaps.add({ ...piece, cause: 'UPSTREAM_ERROR' });
      }
      gaps.trim(nowMs() - keptMs);
      schedule.examined(to);
    },
    windowStart: () => {
      const { examinedTo, examinedBefore } = schedule.read();
      if (!examinedTo) return undefined;
      const untried = gaps.unfilled().filter(({ tried, from }) => !tried && from > nowMs() - givenUpMs);
      const starts = [(examinedBefore ?? examinedTo).getTime(), ...untried.map(({ from }) => from)];
      return new Date(Math.min(...starts) - overlapMs);
    },
    wanted,
    leftByBound: (read) =>
      unreadOf(
        wanted().filter(({ cause }) => cause !== 'UPSTREAM_ERROR'),
        read,
      ),
    reconsider: () => gaps.untry(),
    report: (asked) => {
      const { baselineAt, examinedTo } = schedule.read();
      if (!baselineAt || !examinedTo) return { since: asked, gaps: [], coveredShare: 0 };
      const now = nowMs();
      const since = new Date(Math.min(now, Math.max(asked.getTime(), baselineAt.getTime())));
      const listed = gaps.since(since.getTime()).filter(({ from, to }) => (to ?? now) > from);
      const end = listed.some(({ to }) => to === undefined) ? now : examinedTo.getTime();
      return {
        since,
        gaps: listed.map(({ from, to, cause, filledAt }) => ({
          from: new Date(from),
          to: new Date(to ?? now),
          cause,
          ...(filledAt !== undefined && { filledAt: new Date(filledAt) }),
        })),
        coveredShare: coveredShare(listed, since.getTime(), end),
      };
    },
  };
}

/** Share of [since, end] that lies in no unfilled gap. Gaps never overlap one another. */
function coveredShare(gaps: readonly Gap[], since: number, end: number): number {
  if (end <= since) return gaps.some(({ filledAt }) => filledAt === undefined) ? 0 : 1;
  const missed = gaps
    .filter(({ filledAt }) => filledAt === undefined)
    .reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to ?? end, end) - Math.max(from, since)), 0);
  return Math.max(0, 1 - missed / (end - since));
}
