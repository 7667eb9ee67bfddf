/**
 * The longest a text may be, in UTF-16 units; Upwork's own limits are far below. What is cut ends in `…` (F79, F101).
 */
export const longest = {
  title: 500,
  description: 60_000,
  skill: 100,
  label: 200,
  question: 2_000,
  raw: 262_144,
} as const;
/** How many are kept of a list. */
export const most = { skills: 100, questions: 50, locations: 50 } as const;

/** A text that SQLite gives back as it got it (T10): well-formed, free of NUL, trimmed, at most `length` long. */
export function tidyText(text: string, length: number): string {
  // Cut first: 5 MB need not be searched for what is thrown away.
  const tidy = text
    .slice(0, length + 1)
    .replace(/\0/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
  return tidy.length <= length && text.length <= length
    ? tidy
    : `${tidy.slice(0, length - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

/** Like `tidyText`; nothing where nothing is left. */
export function tidyLabel(text: string | undefined, length: number = longest.label): string | null {
  const tidy = text === undefined ? '' : tidyText(text, length);
  return tidy === '' ? null : tidy;
}

/** A count as it can be: a whole number from 0 on; null for anything else. */
export function tidyCount(count: number | undefined): number | null {
  return count !== undefined && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

const earliest = Date.UTC(2000, 0, 1);

/**
 * An instant at which something of a posting can have happened, in milliseconds: not before 2000, and no later than now
 * (clocks differ a little). Null for anything else (F104).
 */
export function tidyInstant(instant: Date | undefined, now: Date): number | null {
  const ms = instant?.getTime() ?? Number.NaN;
  const aDayMs = 86_400_000;
  return ms >= earliest && ms <= now.getTime() + aDayMs ? Math.min(ms, now.getTime()) : null;
}
