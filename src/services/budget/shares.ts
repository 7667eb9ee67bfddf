import { type RequestPurpose, requestPurposes } from '../upwork/model.ts';

/** Requests of one day by purpose. */
export type ByPurpose = Readonly<Record<RequestPurpose, number>>;

/** At most so many of a day are kept for everything but scanning. */
const keptAtMost = 50;
/** What scanning is sure of, whatever else is read. */
const scanShare = 0.6;
/** Of what is kept for everything but scanning: a proposal must not fail because scanning was busy. */
const keptShares: Readonly<Record<Exclude<RequestPurpose, 'SCAN'>, number>> = {
  PROPOSALS: 0.5,
  IDENTITY: 0.2,
  CONTRACTS: 0.16,
  DETAIL: 0.1,
  DIAGNOSIS: 0.04,
};

/**
 * What each purpose is sure of in a day, so that none starves another (issue 10, point 17). Together less than the day: the rest goes to whoever
 * asks first.
 * @param perDay requests allowed in the day
 */
export function sharesOf(perDay: number): ByPurpose {
  const kept = Math.min(keptAtMost, Math.floor(perDay / 10));
  const others = Object.entries(keptShares)
    .map(([purpose, part]) => ({ purpose, whole: Math.floor(kept * part), rest: (kept * part) % 1 }))
    .sort((a, b) => b.rest - a.rest);
  // What rounding leaves goes to those it took most from, one each.
  const left = kept - others.reduce((sum, { whole }) => sum + whole, 0);
  const shares = new Map(others.map(({ purpose, whole }, place) => [purpose, whole + (place < left ? 1 : 0)]));
  return byPurpose((purpose) => shares.get(purpose) ?? Math.floor(perDay * scanShare));
}

/** How many requests more a purpose may make today: the rest of its share, or what is left once everybody else has theirs. */
export function leftFor(purpose: RequestPurpose, used: ByPurpose, perDay: number): number {
  const shares = sharesOf(perDay);
  const total = requestPurposes.reduce((sum, name) => sum + used[name], 0);
  const owed = requestPurposes
    .filter((name) => name !== purpose)
    .reduce((sum, name) => sum + Math.max(0, shares[name] - used[name]), 0);
  return Math.max(0, Math.min(perDay - total, Math.max(shares[purpose] - used[purpose], perDay - total - owed)));
}

/** What a purpose may use of a day in which nobody else asks for more than their share. */
export function mostFor(purpose: RequestPurpose, perDay: number): number {
  return leftFor(
    purpose,
    byPurpose(() => 0),
    perDay,
  );
}

/** A number for each purpose. */
export function byPurpose(numberOf: (purpose: RequestPurpose) => number): ByPurpose {
  return Object.fromEntries(requestPurposes.map((purpose) => [purpose, numberOf(purpose)])) as ByPurpose;
}
