import type { RequestPurpose } from '../upwork/model.ts';

/** Upwork asked for a pause, or the requests that the preferences allow for today are spent. */
export type ThrottleSource = 'UPWORK' | 'BUDGET';

/** What is left of what we allow ourselves. */
export interface RequestBudget {
  readonly perDay: number;
  readonly usedToday: number;
  readonly remainingToday: number;
  readonly resetsAt: Date;
  readonly perSecond: number;
  readonly byPurpose: readonly { readonly purpose: RequestPurpose; readonly count: number }[];
  readonly throttledUntil?: Date;
  /** Who holds requests back until then. */
  readonly throttledBy?: ThrottleSource;
}

/** The one limiter every request to Upwork passes, kept in the database so that processes share it. */
export interface Budget {
  /**
   * Waits for its turn, then counts the request. @throws UpworkError 'budget_spent' or 'rate_limited' (with
   * retryAfterMs) at once when waiting would exceed 30 s; 'cancelled' when `signal` aborts
   */
  take(purpose: RequestPurpose, signal?: AbortSignal): Promise<void>;
  /**
   * For requests that are none of the day's, such as those to the token endpoint: waits until it keeps its distance to
   * all others, at most some tenths of a second, and is never refused.
   */
  depart(signal?: AbortSignal): Promise<void>;
  /**
   * Upwork answered 429: `retryAfterMs` as it said, else backed off with jitter; the ceiling is halved and regained
   * slowly.
   */
  throttled(retryAfterMs?: number): Date;
  /** Upwork answered well: ends a back-off, regains the ceiling. */
  eased(): void;
  state(): RequestBudget;
  /** How many requests a day each purpose took, over the last seven whole days (fewer where there were not so many). */
  meanPerDay(): Readonly<Record<RequestPurpose, number>>;
  /** What each purpose is sure of in a day of so many requests, and what it may use where nobody else asks for more than that. */
  shares(perDay: number): readonly PurposeShare[];
}

/** Requests of a day. */
export interface PurposeShare {
  readonly purpose: RequestPurpose;
  readonly share: number;
  readonly most: number;
}
