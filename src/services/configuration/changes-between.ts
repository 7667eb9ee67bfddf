import type { ConfigurationChange } from './model.ts';

type Plain = Readonly<Record<string, unknown>>;

/** What differs between two groups of plain values, in the order of their keys. Equal is what is written equally. */
export function changesBetween(path: string, before: Plain, after: Plain): ConfigurationChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ path: `${path}.${name}`, before: before[name] ?? null, after: after[name] ?? null }));
}
