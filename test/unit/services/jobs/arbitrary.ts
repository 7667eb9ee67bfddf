import fc from 'fast-check';
import {
  clientHistories,
  criterionNames,
  engagementDurations,
  experienceLevels,
  type JobCriteria,
  jobTypes,
  type Posting,
  workloads,
} from '../../../../src/services/jobs/model.ts';

/** Few words, so that they meet often; of every kind that is easily got wrong. */
const words = [
  'React',
  'réact',
  'native',
  'Node.js',
  'node',
  'js',
  'C++',
  'C#',
  'c',
  'API',
  'e-mail',
  '日本',
  'Größe',
  'O’Neil',
];
const word = fc.constantFrom(...words);
const text = (most: number) => fc.array(word, { maxLength: most }).map((list) => list.join(' '));
const keyword = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([list, isQuoted]) => (isQuoted ? `"${list.join(' ')}"` : list.join(' ')));
const skill = fc.array(word, { minLength: 1, maxLength: 2 }).map((list) => list.join(' '));
const amount = fc.oneof(
  fc.integer({ min: 0, max: 200 }).map(String),
  fc.constantFrom('49.9999', '50.0001', '99.5', '0'),
);
const currency = fc.constantFrom('USD', 'USD', 'USD', 'EUR');
const money = fc.record({ amount, currency });
const country = fc.constantFrom('US', 'DE', 'GB');
const category = fc.constantFrom(
  'Web Development',
  '531770282584862733',
  'Mobile',
  'web_development',
  'WEB development',
);

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const defined = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));

/** Postings of every kind, fields left out at random. `externalId` and `ciphertext` are up to the test. */
export const posting = (now: Date): fc.Arbitrary<Omit<Posting, 'externalId'>> =>
  fc
    .record({
      title: text(4),
      description: text(8),
      type: optional(fc.constantFrom(...jobTypes)),
      // Both bounds of one posting share a currency, as Upwork's do.
      hourlyRate: optional(
        fc.tuple(optional(amount), optional(amount), currency).map(([min, max, code]) =>
          defined({
            min: min === undefined ? undefined : { amount: min, currency: code },
            max: max === undefined ? undefined : { amount: max, currency: code },
          }),
        ),
      ),
      fixedBudget: optional(money),
      experienceLevel: optional(fc.constantFrom(...experienceLevels)),
      workload: optional(fc.constantFrom(...workloads)),
      duration: optional(fc.constantFrom(...engagementDurations)),
      categoryId: optional(category),
      categoryLabel: optional(category),
      subcategoryId: optional(category),
      subcategoryLabel: optional(category),
      skills: fc.array(skill, { maxLength: 3 }),
      questions: fc.constant([]),
      client: fc
        .record({
          country: optional(country),
          paymentVerified: optional(fc.boolean()),
          rating: optional(fc.constantFrom('0', '0.0', '3.5', '4.85', '5')),
          totalSpent: optional(money),
          hires: optional(fc.integer({ min: 0, max: 20 })),
        })
        .map(defined),
      proposals: optional(fc.integer({ min: 0, max: 60 })),
      state: fc.constant('OPEN' as const),
      applied: fc.constant(false),
      postedAt: optional(fc.integer({ min: 0, max: 100 }).map((hours) => new Date(now.getTime() - hours * 3_600_000))),
    })
    .map((fields) => {
      const kept = defined(fields) as unknown as Posting;
      // One column holds the currency of both kinds of money, so a posting has only one of them.
      if (kept.hourlyRate && (kept.hourlyRate.min || kept.hourlyRate.max)) {
        const { fixedBudget: _dropped, ...rest } = kept;
        return rest as Posting;
      }
      return kept;
    });

const list = <Value>(value: fc.Arbitrary<Value>) => optional(fc.array(value, { maxLength: 3 }));
const range = optional(
  fc.record({ min: optional(amount), max: optional(amount), currency: optional(currency) }).map(defined),
);

/** Criteria of every kind; most fields are not set, as with people. */
export const criteria: fc.Arbitrary<JobCriteria> = fc
  .record({
    keywords: list(keyword),
    excludedKeywords: list(keyword),
    skills: list(skill),
    categories: list(category),
    jobTypes: list(fc.constantFrom(...jobTypes)),
    experienceLevels: list(fc.constantFrom(...experienceLevels)),
    workloads: list(fc.constantFrom(...workloads)),
    durations: list(fc.constantFrom(...engagementDurations)),
    hourlyRate: range,
    fixedBudget: range,
    clientCountries: list(country),
    excludedClientCountries: list(country),
    clientHistory: list(fc.constantFrom(...clientHistories)),
    clientPaymentVerified: optional(fc.boolean()),
    clientMinimumRating: optional(fc.constantFrom('0', '3.5', '4.85', '4.8501')),
    clientSpend: range,
    maximumProposals: optional(fc.integer({ min: 0, max: 60 })),
    maximumAgeMs: optional(fc.integer({ min: 1, max: 100 }).map((hours) => hours * 3_600_000)),
    minimumMatchScore: optional(fc.integer({ min: 0, max: 100 })),
    requireKnown: list(fc.constantFrom(...criterionNames)),
  })
  .map(defined);
