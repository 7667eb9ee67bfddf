import { InvalidArgumentError } from 'commander';

/** Commander calls each with what was typed and, for an option that may be repeated, with what came before. */

/** A whole number from `least` to `most`. */
export function parseWholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** One of `choices` (`fixed: 'FIXED_PRICE'`), in any case, its API name too; may be repeated or joined with commas. */
export function parseChoices(choices: Readonly<Record<string, string>>): (text: string, before?: string[]) => string[] {
  return (text, before = []) => [...before, ...splitWords(text).map((word) => choose(choices, word))];
}

/** One of `choices`, once. */
export function parseChoice(choices: Readonly<Record<string, string>>): (text: string) => string {
  return (text) => choose(choices, text);
}

/** Any words, repeated or joined with commas. */
export function parseWords(text: string, before: string[] = []): string[] {
  return [...before, ...splitWords(text)];
}

/** Whole texts, repeated: commas are part of them. */
export function parseTexts(text: string, before: string[] = []): string[] {
  return [...before, text];
}

/** `24h`, `7d`, `1d12h` or an ISO duration, as the negative Duration that means "so long ago"; a DateTime stays. */
export function parseSince(text: string): string {
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return text;
  if (/^-?P[\dTWDHMS.]+$/.test(text)) return text.startsWith('-') ? text : `-${text}`;
  const match = /^(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/.exec(text);
  if (!match)
    throw new InvalidArgumentError('Expected a length such as 24h or 7d, or a time such as 2026-05-24T12:00:00Z.');
  const [, days, hours, minutes] = match;
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}`;
  return `-P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}

/** When it is over: `8h`, `7d`, `1d12h` from now on, or a DateTime; `off` is null. Throws InvalidArgumentError. */
export function parseUntil(text: string, now: Date): string | null {
  if (text === 'off') return null;
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return text;
  const match = /^(?=\d)(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?$/.exec(text);
  if (!match)
    throw new InvalidArgumentError('Expected a length such as 8h or 7d, a time such as 2026-05-24T12:00:00Z, or off.');
  const [days = 0, hours = 0, minutes = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return new Date(now.getTime() + ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();
}

function splitWords(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

function choose(choices: Readonly<Record<string, string>>, word: string): string {
  const known = Object.entries(choices).find(
    ([name, value]) => name === word.toLowerCase() || value === word.toUpperCase().replaceAll('-', '_'),
  );
  if (known) return known[1];
  throw new InvalidArgumentError(`Expected ${Object.keys(choices).join(', ')}.`);
}
