import type { FieldChange } from './model.ts';

/** How often something was the case. */
export interface Share {
  readonly seen: number;
  readonly count: number;
}

/** Fewer values than this say nothing about a day, or about what is usual. */
const fewest = { today: 20, before: 50 };

/**
 * What today's values say against what was usual before: that the field has changed, that it is as ever, or nothing. Values that cannot be read
 * are never usual; without a history they count against none, while a null may be what the field always was.
 */
export function judgeField(change: FieldChange, today: Share, before: Share): 'changed' | 'as_ever' | 'unsure' {
  if (today.seen < fewest.today) return 'unsure';
  const share = today.count / today.seen;
  const hasHistory = before.seen >= fewest.before;
  const usual = hasHistory ? before.count / before.seen : 0;
  if (change === 'WITHHELD') {
    if (!hasHistory) return 'unsure';
    if (share - usual >= 0.3) return 'changed';
    return share - usual < 0.15 ? 'as_ever' : 'unsure';
  }
  if (share >= Math.max(0.1, usual * 3)) return 'changed';
  return share < Math.max(0.05, usual * 1.5) ? 'as_ever' : 'unsure';
}

/** A value's shape without its content: digits as `9`, letters as `a` or `A`, short; a word in capitals, which is no content, stays. */
export function shapeOf(value: unknown): string {
  if (typeof value === 'string' && /^[A-Z][A-Z0-9_]{1,39}$/.test(value)) return JSON.stringify(value);
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  const shape = text
    .slice(0, 60)
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{L}/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
    .replace(/[\p{C}\s]+/gu, ' ');
  return typeof value === 'string' ? JSON.stringify(shape) : shape;
}
