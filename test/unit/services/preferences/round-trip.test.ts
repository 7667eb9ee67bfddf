import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DomainError } from '../../../../src/services/failures/model.ts';
import { checkCriteria } from '../../../../src/services/jobs/criteria/check-criteria.ts';
import {
  clientHistories,
  criterionNames,
  engagementDurations,
  experienceLevels,
  jobTypes,
  workloads,
} from '../../../../src/services/jobs/model.ts';
import type { PreferencesPatch } from '../../../../src/services/preferences/model.ts';
import { content, labels, openPreferences } from './rig.ts';

const someOf = <Value>(values: readonly Value[]) => fc.subarray([...values], { minLength: 1 });
const words = fc.uniqueArray(
  fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc.constantFrom(
      'null',
      'true',
      '~',
      '0x1f',
      '- a',
      'a: b',
      '# no',
      "it's",
      '"quoted"',
      '{a}',
      '[b',
      '*x',
      '&y',
      '!t',
      '%',
      '@',
      '`',
      '2024-01-01',
      '1e5',
    ),
  ),
  { minLength: 1, maxLength: 4 },
);
const decimal = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => String(cents / 100));
const range = fc
  .tuple(
    fc.option(decimal, { nil: undefined }),
    fc.option(decimal, { nil: undefined }),
    fc.constantFrom(undefined, 'USD', 'EUR'),
  )
  .map(([a, b, currency]) => {
    const [min, max] = a !== undefined && b !== undefined && Number(a) > Number(b) ? [b, a] : [a, b];
    return { ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(currency && { currency }) };
  });
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const cleared = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 6 });

const defaultWeights = { skills: 30, budget: 20, client: 25, competition: 15, timing: 10 };
const weight = fc.constantFrom(0, 0.5, 10, 33.3, 1_000);
const weights = fc.record(
  { skills: weight, budget: weight, client: weight, competition: weight, timing: weight },
  { requiredKeys: [] },
);

const patches: fc.Arbitrary<PreferencesPatch> = fc.record(
  {
    enabled: cleared(fc.boolean()),
    intervalMs: cleared(fc.integer({ min: 60, max: 86_400 }).map((seconds) => seconds * 1_000)),
    quietHours: cleared(
      fc
        .record({ start: time, end: time, timeZone: fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'UTC') })
        .filter(({ start, end }) => start !== end),
    ),
    maxResultsPerScan: cleared(fc.integer({ min: 1, max: 5_000 })),
    requestsPerDay: cleared(fc.integer({ min: 1, max: 40_000 })),
    connectsPerDay: cleared(fc.nat(1_000_000)),
    connectsWarning: cleared(fc.nat(1_000_000)),
    scoreWeights: cleared(
      weights.filter((given) => Object.values({ ...defaultWeights, ...given }).some((value) => value > 0)),
    ),
    serviceFee: cleared(fc.integer({ min: 0, max: 500 }).map((tenths) => String(tenths / 10))),
    criteria: cleared(
      fc.record(
        {
          keywords: cleared(words),
          excludedKeywords: cleared(words),
          skills: cleared(words),
          categories: cleared(someOf(labels)),
          jobTypes: cleared(someOf(jobTypes)),
          experienceLevels: cleared(someOf(experienceLevels)),
          workloads: cleared(someOf(workloads)),
          durations: cleared(someOf(engagementDurations)),
          hourlyRate: cleared(range),
          fixedBudget: cleared(range),
          clientCountries: cleared(someOf(['DE', 'GB'])),
          excludedClientCountries: cleared(someOf(['US', 'CI'])),
          clientHistory: cleared(someOf(clientHistories)),
          clientPaymentVerified: cleared(fc.boolean()),
          clientMinimumRating: cleared(fc.integer({ min: 0, max: 50 }).map((tenths) => String(tenths / 10))),
          clientSpend: cleared(range),
          maximumProposals: cleared(fc.nat(1_000_000)),
          maximumAgeMs: cleared(fc.integer({ min: 60, max: 8_640_000 }).map((seconds) => seconds * 1_000)),
          minimumMatchScore: cleared(fc.nat(100)),
          requireKnown: cleared(someOf(criterionNames)),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
);

const comments = ['# head', '# over the section', '# beside a value', '# in a list', '# tail'];
const beginnings = [
  undefined,
  `${comments[0]}
platforms:
  ${comments[1]}
  upwork:
    scan_interval: '30m'   ${comments[2]}
    keywords:
      ${comments[3]}
      - react
    max_results_per_scan: 50
${comments[4]}
`,
  `${comments[0]}\nplatforms: { upwork: { enabled: true } } ${comments[4]}\n`,
];

/** What the criteria are after a patch, without those that are asked for no more. */
function afterwards(before: object, patch: PreferencesPatch['criteria']): Record<string, unknown> {
  if (patch === null) return {};
  const isNothing = (value: unknown) =>
    value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => !isNothing(value)));
}

it('Prospector reads back exactly what it was told, whatever was there before, keeps comments, and leaves the rest alone', () => {
  fc.assert(
    fc.property(fc.constantFrom(...beginnings), fc.array(patches, { minLength: 1, maxLength: 3 }), (yaml, all) => {
      using world = openPreferences(yaml, { checkCriteria: () => [] });
      for (const patch of all) {
        const before = content(world.preferences);
        const trimmed = JSON.parse(JSON.stringify(patch), (key, value) =>
          ['keywords', 'excludedKeywords', 'skills'].includes(key) && Array.isArray(value)
            ? [...new Set(value.map((word: string) => word.trim()))]
            : value,
        ) as PreferencesPatch;
        const isBlank = Object.values(trimmed.criteria ?? {}).some(
          (value) => Array.isArray(value) && value.includes('' as never),
        );
        if (isBlank) continue;
        const updated = world.preferences.update(patch, { dryRun: false });
        const text = existsSync(world.file) ? world.read() : '';
        const again = world.open();
        expect(again.problems(), text).toEqual([]);
        expect(again.current()).toEqual(updated);
        expect(content(world.preferences)).toEqual({
          ...before,
          ...named(trimmed),
          warnings: expect.any(Array),
          criteria: afterwards(before.criteria, trimmed.criteria),
        });
        const kept = [comments[0], comments[4]].filter((comment) => yaml?.includes(String(comment)));
        for (const comment of kept) expect(text).toContain(comment);
      }
    }),
    { numRuns: 25 },
  );
});

const defaults: Readonly<Record<string, unknown>> = {
  enabled: true,
  intervalMs: 1_800_000,
  maxResultsPerScan: 50,
  requestsPerDay: 500,
  scoreWeights: defaultWeights,
  serviceFee: '10',
};

function named({ criteria: _criteria, ...rest }: PreferencesPatch): Record<string, unknown> {
  const scoreWeights = rest.scoreWeights && { ...defaultWeights, ...rest.scoreWeights };
  return Object.fromEntries(
    Object.entries({ ...rest, ...(scoreWeights && { scoreWeights }) }).map(([name, value]) => [
      name,
      value === null ? defaults[name] : value,
    ]),
  );
}

it('Prospector refuses the criteria that jobs refuse, and takes those that jobs take', () => {
  using world = openPreferences();
  fc.assert(
    fc.property(patches, ({ criteria }) => {
      const update = () => world.preferences.update({ criteria: criteria ?? {} }, { dryRun: true });
      if (checkCriteria(afterwards({}, criteria)).length > 0) expect(update).toThrow(DomainError);
      else expect(update()).toMatchObject({ version: 1 });
    }),
    { numRuns: 100 },
  );
});
