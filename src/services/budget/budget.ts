import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import { type RequestPurpose, requestPurposes, UpworkError } from '../upwork/model.ts';
import { backOffMs, longestBackOffMs } from './back-off.ts';
import { departureWaitMs, highestCeiling, nextSlot } from './bucket.ts';
import { dayEnd, dayMs, dayOf } from './day.ts';
import { createBudgetLedger, type LimiterState } from './ledger.ts';
import type { Budget } from './model.ts';
import { byPurpose, leftFor, mostFor, sharesOf } from './shares.ts';

/** More a day than this and Upwork may disable the key (FACTS §3.2). */
const hardCapPerDay = 40_000;
const longestWaitMs = 30_000;
/** Days that a mean is taken of. */
const meanDays = 7;
const lowestCeiling = 0.5;
const ceilingStep = 0.05;

/** What the budget needs. `perDay`: the daily number of the preferences, asked anew each time. */
export interface BudgetDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly perDay: () => number;
}

/**
 * The limiter every request to Upwork passes: at most 5/s with a burst of 10, never over 10 in a second or 300 in a
 * minute; a daily number (UTC days) of which each purpose has its share (`shares.ts`); quiet after a 429, with a ceiling that is halved and regained slowly (F93). Kept in the database, so that processes and restarts
 * share it.
 */
export function createBudget({ db, clock, random, perDay }: BudgetDeps): Budget {
  const ledger = createBudgetLedger(db, 'upwork');
  const allowedPerDay = () => Math.max(0, Math.min(hardCapPerDay, perDay()));
  const usedOn = (day: string) => {
    const used = ledger.used(day);
    return byPurpose((purpose) => used.find((row) => row.purpose === purpose)?.count ?? 0);
  };

  const throttledUntil = (state: LimiterState, now: number) =>
    state.throttledUntil !== null && state.throttledUntil > now
      ? Math.min(state.throttledUntil, now + longestBackOffMs)
      : undefined;

  /** Takes a slot and counts the request; answers with how long to wait for it. */
  const reserve = (purpose: RequestPurpose) =>
    db.transaction(() => {
      const instant = clock.now();
      const now = instant.getTime();
      const day = dayOf(instant);
      const left = leftFor(purpose, usedOn(day), allowedPerDay());
      if (left < 1) throw spent(purpose, allowedPerDay(), dayEnd(instant).getTime() - now);
      const state = ledger.read();
      const until = throttledUntil(state, now);
      if (until !== undefined) refuseIfLong(until - now);
      const { slot, bucket } = nextSlot(state, state.ceiling, until ?? now);
      refuseIfLong(slot - now);
      ledger.write({ ...state, ...bucket });
      ledger.count(day, purpose, 1);
      return { day, waitMs: slot - now };
    });

  const giveBack = (day: string, purpose: RequestPurpose) =>
    db.transaction(() => {
      const state = ledger.read();
      ledger.write({ ...state, tokens: state.tokens + 1 });
      ledger.count(day, purpose, -1);
    });

  /** Lets one request leave at a time. Asked again after waiting, so that a late timer does not send two at once. */
  const depart: Budget['depart'] = async (signal) => {
    for (;;) {
      const waitMs = db.transaction(() => {
        const state = ledger.read();
        const now = clock.now().getTime();
        const wait = departureWaitMs(state.departedAt, now);
        if (wait === 0) ledger.write({ ...state, departedAt: now });
        return wait;
      });
      if (waitMs === 0) return;
      await clock.sleep(waitMs, signal).catch(() => {
        throw cancelled();
      });
    }
  };

  const take: Budget['take'] = async (purpose, signal) => {
    if (signal?.aborted) throw cancelled();
    for (;;) {
      const { day, waitMs } = reserve(purpose);
      try {
        if (waitMs > 0) await clock.sleep(waitMs, signal);
        // A 429 to somebody else while this one waited holds for this one too.
        if (waitMs <= 0 || throttledUntil(ledger.read(), clock.now().getTime()) === undefined) {
          await depart(signal);
          return;
        }
      } catch {
        giveBack(day, purpose);
        throw cancelled();
      }
      giveBack(day, purpose);
    }
  };

  return {
    take,
    depart,
    throttled: (retryAfterMs) =>
      db.transaction(() => {
        const now = clock.now().getTime();
        const state = ledger.read();
        const earlier = throttledUntil(state, now);
        const until = now + backOffMs(retryAfterMs, state.throttleCount, random.fraction());
        ledger.write({
          ...state,
          // Answers to requests sent together count once.
          ceiling: earlier === undefined ? Math.max(lowestCeiling, state.ceiling / 2) : state.ceiling,
          throttleCount: earlier === undefined ? state.throttleCount + 1 : state.throttleCount,
          throttledUntil: Math.max(until, earlier ?? 0),
        });
        return new Date(Math.max(until, earlier ?? 0));
      }),
    eased: () =>
      db.transaction(() => {
        const state = ledger.read();
        if (state.ceiling >= highestCeiling && state.throttledUntil === null && state.throttleCount === 0) return;
        // The answer to a request sent before the 429 says nothing about now.
        if (throttledUntil(state, clock.now().getTime()) !== undefined) return;
        const ceiling = Math.min(highestCeiling, state.ceiling + ceilingStep);
        ledger.write({ ...state, ceiling, throttleCount: 0, throttledUntil: null });
      }),
    meanPerDay: () => {
      const now = clock.now();
      const from = dayOf(new Date(now.getTime() - meanDays * dayMs));
      const totals = ledger.between(from, dayOf(now));
      return byPurpose((purpose) => {
        const total = totals.find((row) => row.purpose === purpose);
        return total ? total.count / total.days : 0;
      });
    },
    shares: (perDay) => {
      const allowed = Math.min(hardCapPerDay, perDay);
      const shares = sharesOf(allowed);
      return requestPurposes.map((purpose) => ({ purpose, share: shares[purpose], most: mostFor(purpose, allowed) }));
    },
    state: () => {
      const instant = clock.now();
      const now = instant.getTime();
      const state = ledger.read();
      const used = usedOn(dayOf(instant));
      const counts = requestPurposes
        .filter((purpose) => used[purpose] > 0)
        .map((purpose) => ({ purpose, count: used[purpose] }));
      const usedToday = counts.reduce((sum, { count }) => sum + count, 0);
      const resetsAt = dayEnd(instant);
      const isSpent = leftFor('SCAN', used, allowedPerDay()) < 1;
      const asked = throttledUntil(state, now) ?? 0;
      const until = Math.max(asked, isSpent ? resetsAt.getTime() : 0);
      return {
        perDay: allowedPerDay(),
        usedToday,
        remainingToday: Math.max(0, allowedPerDay() - usedToday),
        resetsAt,
        perSecond: state.ceiling,
        byPurpose: counts,
        ...(until > 0 && { throttledUntil: new Date(until), throttledBy: until === asked ? 'UPWORK' : 'BUDGET' }),
      };
    },
  };
}

function spent(purpose: RequestPurpose, perDay: number, retryAfterMs: number): UpworkError {
  return new UpworkError(
    'budget_spent',
    `The requests allowed for today are spent, apart from what is kept for other purposes (${perDay} a day in all; this was for ${purposeWords[purpose]}). They are counted anew from midnight UTC; \`requests_per_day\` in the preferences raises the number.`,
    { retryAfterMs },
  );
}

const purposeWords: Readonly<Record<RequestPurpose, string>> = {
  SCAN: 'scanning',
  DETAIL: 'reading a posting closer',
  PROPOSALS: 'proposals',
  CONTRACTS: 'contracts',
  IDENTITY: 'the account',
  DIAGNOSIS: 'finding out why something failed',
};

function refuseIfLong(waitMs: number): void {
  if (waitMs <= longestWaitMs) return;
  throw new UpworkError('rate_limited', 'Upwork asked for a pause. Calls go on by themselves when it is over.', {
    retryAfterMs: waitMs,
  });
}

function cancelled(): UpworkError {
  return new UpworkError('cancelled', 'The request was cancelled before it was sent.');
}
