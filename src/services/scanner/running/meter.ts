import type { Budget } from '../../budget/model.ts';

/**
 * Counts the requests that a scan costs: by the budget, which also knows retries, and at least the `pages` read. One scan runs at a time, so that
 * whatever is spent on scanning meanwhile is its own.
 */
export function createMeter(budget: Pick<Budget, 'state'>): (pages: number) => number {
  const spent = () => budget.state().byPurpose.find(({ purpose }) => purpose === 'SCAN')?.count ?? 0;
  const before = spent();
  return (pages) => {
    const now = spent();
    // Less than before: the day has ended meanwhile, and what is counted now has been spent since.
    return Math.max(pages, now >= before ? now - before : now);
  };
}
