import { z } from 'zod';
import { type DecimalRange, defaultScoreWeights, type ScoreWeights } from '../../jobs/model.ts';
import type { QuietHours } from '../model.ts';
import { parseLength } from './duration.ts';

/** Of words, those most like a word. */
export type Nearest = (word: string, words: readonly string[]) => readonly string[];

/** Refuses a value: what was expected instead, and words that may have been meant. */
function refuse(context: z.RefinementCtx, expected: string, suggestions: readonly string[] = []): never {
  context.addIssue({ code: 'custom', message: expected, params: { suggestions } });
  return z.NEVER;
}

/** One of a list, or what a function makes of a text; `words` are offered where one is misspelt. */
export function choice<Value>(
  find: (text: string) => Value | undefined,
  expected: string,
  nearest: Nearest,
  words: () => readonly string[],
) {
  return z.unknown().transform((value, context): Value => {
    const text = ['string', 'number'].includes(typeof value) ? String(value).trim() : undefined;
    const found = text === undefined || text.length > 200 ? undefined : find(text);
    return found ?? refuse(context, expected, text === undefined ? [] : nearest(text.slice(0, 60), words()));
  });
}

/** A choice of names as a file writes them, `less_than_30_hours`, in any case, with spaces or hyphens. */
export function oneOf<Value extends string>(words: Readonly<Record<string, Value>>, nearest: Nearest) {
  const fold = (text: string) => text.toLowerCase().replace(/[\s-]+/g, '_');
  const known = new Map(
    Object.entries(words).flatMap(
      ([name, value]) =>
        [
          [fold(name), value],
          [fold(value), value],
        ] as const,
    ),
  );
  const names = Object.keys(words);
  return choice(
    (text) => known.get(fold(text)),
    `expected ${orOf(names)}`,
    nearest,
    () => names,
  );
}

/** One entry or a list of them, each once. */
export function listOf<Entry extends z.ZodType>(entry: Entry) {
  return z.preprocess(
    (value) => (Array.isArray(value) ? value : [value]),
    z
      .array(entry)
      .max(100, 'expected at most 100 entries')
      .transform((entries): z.output<Entry>[] => [...new Set(entries)]),
  );
}

/** A text that is not empty. */
export const words = z
  .union([z.string(), z.number()], 'expected a text')
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1, 'expected a text').max(200, 'expected at most 200 characters'));

export const yesOrNo = z.boolean('expected true or false');

/** A whole number within bounds, quoted or not. */
export function wholeNumber(least: number, most: number) {
  return z.unknown().transform((value, context): number => {
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    const isFine = typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most;
    return isFine ? number : refuse(context, `expected a whole number from ${least} to ${most}`);
  });
}

/** A length of time in milliseconds. `least` and `most` as they are shown and as they count. */
export function length(least: readonly [string, number], most: readonly [string, number]) {
  return z.unknown().transform((value, context): number => {
    const ms = typeof value === 'string' ? parseLength(value) : undefined;
    if (ms === undefined) return refuse(context, 'expected a length such as 30m, 1h30m or PT30M');
    if (ms < least[1]) return refuse(context, `expected at least ${least[0]}`);
    return ms > most[1] ? refuse(context, `expected at most ${most[0]}`) : ms;
  });
}

/** A canonical decimal, from 0 on. */
export function decimalUpTo(most: number) {
  const expected = most > 1e9 ? 'expected a number such as 40 or 1250.50' : `expected a number from 0 to ${most}`;
  return z.unknown().transform((value, context): string => {
    const text = typeof value === 'number' ? String(value) : value;
    const [, whole, fraction = ''] =
      typeof text === 'string' ? (/^(\d{1,11})(?:\.(\d{1,4}))?$/.exec(text.trim()) ?? []) : [];
    if (whole === undefined || Number(text) > most) return refuse(context, expected);
    const rest = fraction.replace(/0+$/, '');
    return `${whole.replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`;
  });
}

const currencies = new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' });

/** `{min, max, currency}`, each of which may be left out. */
export function decimalRange(nearest: Nearest) {
  const currency = choice(
    (text) => (/^[a-z]{3}$/i.test(text) && currencies.of(text.toUpperCase()) ? text.toUpperCase() : undefined),
    'expected a currency such as USD',
    nearest,
    () => Intl.supportedValuesOf('currency'),
  );
  const amount = decimalUpTo(1e11);
  return z
    .strictObject(
      { min: amount.optional(), max: amount.optional(), currency: currency.optional() },
      {
        error: ({ code }) =>
          code === 'invalid_type' ? 'expected min, max and currency, such as { min: 40, currency: USD }' : undefined,
      },
    )
    .transform((range): DecimalRange => compact(range));
}

/** `{start, end, time_zone}`. */
export function quietHours(nearest: Nearest) {
  const time = z
    .string('expected a time such as 22:00')
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 22:00');
  const zone = choice(
    (text) => timeZoneOf(text),
    'expected a time zone such as Europe/Berlin',
    nearest,
    () => Intl.supportedValuesOf('timeZone'),
  );
  return z
    .strictObject(
      { start: time, end: time, time_zone: zone },
      { error: ({ code }) => (code === 'invalid_type' ? 'expected start, end and time_zone' : undefined) },
    )
    .refine(({ start, end }) => start !== end, { path: ['end'], error: 'expected another time than start' })
    .transform(({ start, end, time_zone }): QuietHours => ({ start, end, timeZone: time_zone }));
}

const heaviest = 1_000;
const weight = z
  .number(`expected a number from 0 to ${heaviest}`)
  .min(0, `expected a number from 0 to ${heaviest}`)
  .max(heaviest, `expected a number from 0 to ${heaviest}`)
  .optional();

/** `{skills, budget, client, competition, timing}`; one that is left out keeps its default. */
export const scoreWeights = z
  .strictObject(
    { skills: weight, budget: weight, client: weight, competition: weight, timing: weight },
    {
      error: ({ code }) =>
        code === 'invalid_type' ? 'expected weights by name, such as { skills: 30, timing: 10 }' : undefined,
    },
  )
  .transform((weights): ScoreWeights => ({ ...defaultScoreWeights, ...compact(weights) }))
  .refine((weights) => Object.values(weights).some((value) => value > 0), 'expected one weight above 0');

function timeZoneOf(text: string): string | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return /^[A-Za-z][\w+/-]*$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Without what is undefined. */
export function compact<Values extends object>(
  values: Values,
): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** `fixed or hourly`, `a, b or c`. */
export function orOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
