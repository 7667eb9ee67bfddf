import type { UpworkLosses } from '../../src/services/upwork/model.ts';

/** Losses kept in memory; the whole is never asked for again. */
export function keepLosses(): UpworkLosses & { readonly kept: Map<string, readonly string[]> } {
  const kept = new Map<string, readonly string[]>();
  return {
    kept,
    of: (operation) => kept.get(operation) ?? [],
    isProbeDue: () => false,
    settle: (operation, lost) => void kept.set(operation, lost),
  };
}
