import type { Money } from '../../jobs/model.ts';

/*
 * Tolerant readers of values in Upwork's answers (RELIABILITY F97, F104, F105): each gives what it is sure of, else undefined. None throws.
 */

/** A field of an object; undefined for anything that has none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** A field below a field. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(field, value);
}

/** A list's elements; undefined for anything that is none: what cannot be read is not empty. */
export function elements(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/**
 * Text that stays what it is in the database (T10): well-formed, without NUL and other control characters but line breaks and tabs, cut at `longest`.
 * Undefined when nothing is left.
 */
export function text(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = cut(value.trimStart(), longest)
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
    .trim();
  return clean === '' ? undefined : clean;
}

/** Text on one line. */
export function line(value: unknown, longest: number): string | undefined {
  return text(value, longest)?.replace(/\s+/g, ' ');
}

/** The beginning, without half a character at its end. */
function cut(whole: string, longest: number): string {
  return whole.length > longest ? whole.slice(0, longest).replace(/[\ud800-\udbff]$/, '') : whole;
}

/** A count: a whole number that fits GraphQL's Int. */
export function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 2_147_483_647
    ? number
    : undefined;
}

/** A canonical decimal (`"5.0"` → `"5"`); undefined for signs, exponents, separators and what no budget can be. */
export function decimal(value: unknown): string | undefined {
  const digits = typeof value === 'number' ? String(value) : value;
  const [, whole, fraction = ''] =
    typeof digits === 'string' ? (/^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(digits) ?? []) : [];
  const integer = whole?.replace(/^0+(?=\d)/, '');
  if (integer === undefined || integer.length > 11) return undefined;
  const rest = fraction.replace(/0+$/, '');
  return rest === '' ? integer : `${integer}.${rest}`;
}

/** An amount with its currency; an amount without one is unknown. */
export function money(value: unknown): Money | undefined {
  const amount = decimal(field(value, 'rawValue'));
  const currency = field(value, 'currency');
  if (amount === undefined || typeof currency !== 'string') return undefined;
  return /^[A-Za-z]{3}$/.test(currency) ? { amount, currency: currency.toUpperCase() } : undefined;
}

const instantShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)$/;
const earliest = Date.UTC(2000, 0, 1);
/** Clocks may disagree by so much. */
const toleranceMs = 3_600_000;

/** An instant with an offset, `+0000` or `+00:00` (FACTS §5). Undefined for one without, for one before 2000 and for one still to come. */
export function instant(value: unknown, now: Date): Date | undefined {
  const [, local, offset] = typeof value === 'string' ? (instantShape.exec(value) ?? []) : [];
  if (local === undefined || offset === undefined) return undefined;
  const at = new Date(local + offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2'));
  return at.getTime() >= earliest && at.getTime() <= now.getTime() + toleranceMs ? at : undefined;
}

/** What a word of Upwork's stands for; undefined for one that is not known. */
export function word<Known>(value: unknown, known: Readonly<Record<string, Known>>): Known | undefined {
  return typeof value === 'string' && Object.hasOwn(known, value) ? known[value] : undefined;
}

const zones = new Map<string, boolean>();

/** An IANA time zone; undefined for anything else. */
export function timeZone(value: unknown): string | undefined {
  const name = line(value, 60);
  if (name === undefined) return undefined;
  let isKnown = zones.get(name);
  if (isKnown === undefined) {
    isKnown = isZone(name);
    if (zones.size < 1_000) zones.set(name, isKnown);
  }
  return isKnown ? name : undefined;
}

function isZone(name: string): boolean {
  try {
    return /\/|^UTC$/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
