import { z } from 'zod';
import type { Key } from './keys.ts';
import { yesOrNo } from './value-schemas.ts';

/** Everything an entry of `searches` can say beside its criteria; what it does not say is absent. */
export interface GivenSearch {
  readonly name?: string;
  readonly query?: string;
  readonly scan?: boolean;
  readonly enabled?: boolean;
  readonly notify?: boolean;
  readonly snoozedUntil?: Date;
}

const line = (most: number) =>
  z
    .union([z.string(), z.number()], 'expected a text')
    .transform((value) => String(value).replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'expected a text').max(most, `expected at most ${most} characters`));

const aTime = 'expected a time such as 2026-05-24T12:00:00Z';
const instant = z
  .string(aTime)
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/, aTime)
  .transform((text) => new Date(text))
  .refine((at) => !Number.isNaN(at.getTime()), aTime);

const key = (field: string, schema: z.ZodType, write = (value: never): unknown => value, name = field): Key => ({
  field,
  name,
  aliases: [],
  isCriterion: false,
  schema,
  write,
});

/** The keys of one entry of `searches`, in the order in which they are written; `criteria` holds keys of its own, those of preferences. */
export const searchKeys: readonly Key[] = [
  key('name', line(100)),
  key('query', line(500)),
  key('criteria', z.record(z.string(), z.unknown(), 'expected criteria, each with its key')),
  key('scan', yesOrNo),
  key('enabled', yesOrNo),
  key('notify', yesOrNo),
  key('snoozedUntil', instant, (at: Date) => at.toISOString(), 'snoozed_until'),
];
