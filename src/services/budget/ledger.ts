import type { Database } from '../database/model.ts';
import type { RequestPurpose } from '../upwork/model.ts';
import { burst, highestCeiling } from './bucket.ts';

/** What the database knows of the limiter. Instants in milliseconds. */
export interface LimiterState {
  readonly tokens: number;
  readonly filledAt: number;
  /** Requests a second allowed now. */
  readonly ceiling: number;
  readonly throttledUntil: number | null;
  readonly throttleCount: number;
  /** When the last request left; 0 before the first. */
  readonly departedAt: number;
}

/** The rows behind the budget. Every method runs in the caller's transaction. */
export function createBudgetLedger(db: Database, platform: string) {
  const select = db.sql.prepare(
    'SELECT tokens, filled_at AS filledAt, ceiling, throttled_until AS throttledUntil, throttle_count AS throttleCount, departed_at AS departedAt FROM budget_state WHERE platform = ?',
  );
  const write = db.sql.prepare(
    `INSERT INTO budget_state (platform, tokens, filled_at, ceiling, throttled_until, throttle_count, departed_at)
     VALUES (@platform, @tokens, @filledAt, @ceiling, @throttledUntil, @throttleCount, @departedAt)
     ON CONFLICT (platform) DO UPDATE SET tokens = excluded.tokens, filled_at = excluded.filled_at, ceiling = excluded.ceiling,
       throttled_until = excluded.throttled_until, throttle_count = excluded.throttle_count,
       departed_at = excluded.departed_at`,
  );
  const count = db.sql.prepare(
    `INSERT INTO budget_usage (platform, day, purpose, count) VALUES (@platform, @day, @purpose, @by)
     ON CONFLICT (platform, day, purpose) DO UPDATE SET count = max(0, count + @by)`,
  );
  const used = db.sql.prepare(
    'SELECT purpose, count FROM budget_usage WHERE platform = ? AND day = ? AND count > 0 ORDER BY purpose',
  );
  const totals = db.sql.prepare(
    `SELECT purpose, sum(count) AS count, (SELECT count(DISTINCT day) FROM budget_usage WHERE platform = @platform AND day >= @from AND day < @to) AS days
     FROM budget_usage WHERE platform = @platform AND day >= @from AND day < @to GROUP BY purpose`,
  );
  return {
    read: (): LimiterState =>
      (select.get(platform) as LimiterState | undefined) ?? {
        tokens: burst,
        filledAt: 0,
        ceiling: highestCeiling,
        throttledUntil: null,
        throttleCount: 0,
        departedAt: 0,
      },
    write: (state: LimiterState) => void write.run({ platform, ...state }),
    /** Counts `by` more (or fewer) requests of the day. */
    count: (day: string, purpose: RequestPurpose, by: 1 | -1) => void count.run({ platform, day, purpose, by }),
    /** Requests of the days from one, up to and without the other, and on how many of them there were any. */
    between: (from: string, to: string) =>
      totals.all({ platform, from, to }) as { purpose: RequestPurpose; count: number; days: number }[],
    used: (day: string) => used.all(platform, day) as { purpose: RequestPurpose; count: number }[],
  };
}
