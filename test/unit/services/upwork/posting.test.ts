import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countryCode, countryNames } from '../../../../src/services/upwork/reading/country-code.ts';
import { postingOf } from '../../../../src/services/upwork/search/posting.ts';

const now = new Date('2026-10-01T12:00:00.000Z');
const id = '1978704153911649005';

/** A node of the shape seen live (FACTS §5). */
const node = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  title: 'Website redesign',
  description: 'We need a designer.',
  createdDateTime: '2025-10-16T06:06:47+0000',
  publishedDateTime: '2025-10-16T06:06:48+0000',
  renewedDateTime: null,
  ciphertext: `~02${id}`,
  duration: 'WEEK',
  durationLabel: 'Less than 1 month',
  engagement: 'Less than 30 hrs/week',
  amount: { rawValue: '0.0', currency: 'USD', displayValue: '0.0' },
  experienceLevel: 'INTERMEDIATE',
  category: 'web_mobile_software_dev',
  subcategory: 'web_mobile_design',
  totalApplicants: 12,
  freelancersToHire: 1,
  totalFreelancersToHire: null,
  applied: false,
  hourlyBudgetMin: { rawValue: '5.0', currency: 'USD', displayValue: '5.0' },
  hourlyBudgetMax: { rawValue: '15.0', currency: 'USD', displayValue: '15.0' },
  skills: [{ name: 'web-design', prettyName: 'Web Design' }],
  client: {
    totalHires: 2,
    totalPostedJobs: 5,
    totalSpent: { rawValue: '72.11', currency: 'USD', displayValue: '72.11' },
    verificationStatus: 'VERIFIED',
    totalReviews: 0,
    totalFeedback: 0,
    location: { country: 'Canada', city: 'Surrey', state: 'BC', timezone: 'America/Tijuana' },
  },
  occupations: { category: { id: '531770282580668418', prefLabel: 'Web, Mobile & Software Dev' }, subCategories: null },
  ...more,
});
const client = (more: Record<string, unknown>) => node({ client: { ...(node()['client'] as object), ...more } });
const read = (more: Record<string, unknown> = {}) => postingOf(node(more), now);

it('Prospector reads a real node without inventing anything', () => {
  expect(postingOf(node(), now)).toEqual({
    externalId: id,
    ciphertext: `~02${id}`,
    title: 'Website redesign',
    description: 'We need a designer.',
    type: 'HOURLY',
    hourlyRate: { min: { amount: '5', currency: 'USD' }, max: { amount: '15', currency: 'USD' } },
    experienceLevel: 'INTERMEDIATE',
    workload: 'LESS_THAN_30_HOURS',
    duration: 'LESS_THAN_1_MONTH',
    categoryId: '531770282580668418',
    categoryLabel: 'Web, Mobile & Software Dev',
    subcategoryLabel: 'web_mobile_design',
    skills: ['Web Design'],
    questions: [],
    client: {
      country: 'CA',
      city: 'Surrey',
      timeZone: 'America/Tijuana',
      paymentVerified: true,
      reviewCount: 0,
      totalSpent: { amount: '72.11', currency: 'USD' },
      hires: 2,
      jobsPosted: 5,
    },
    proposals: 12,
    state: 'UNKNOWN',
    applied: false,
    postedAt: new Date('2025-10-16T06:06:48Z'),
    raw: JSON.stringify(node()),
  });
});

it('10.12 Prospector reads where the client would like freelancers to be, and whether elsewhere will not do', () => {
  expect(
    read({ preferredFreelancerLocation: ['Germany', '', 7, 'Austria'], preferredFreelancerLocationMandatory: true }),
  ).toMatchObject({ preferredLocations: ['Germany', 'Austria'], isLocationMandatory: true });
  const untold = read({ preferredFreelancerLocation: null, preferredFreelancerLocationMandatory: null });
  expect(untold).not.toHaveProperty('preferredLocations');
  expect(untold).not.toHaveProperty('isLocationMandatory');
});

it('Prospector leaves out values it does not know, and keeps the posting (F97)', () => {
  const odd = read({
    experienceLevel: 'WIZARD',
    duration: 'CENTURY',
    durationLabel: 'A century',
    engagement: 'Whenever',
    totalApplicants: 'many',
    freelancersToHire: null,
    skills: 'none',
    occupations: 7,
    category: ['nested'],
    client: null,
    applied: 'yes',
    job: 'gone',
    brandNew: { field: [1] },
  });
  expect(odd).toEqual({
    externalId: id,
    ciphertext: `~02${id}`,
    title: 'Website redesign',
    description: 'We need a designer.',
    type: 'HOURLY',
    hourlyRate: expect.anything(),
    subcategoryLabel: 'web_mobile_design',
    skills: [],
    questions: [],
    client: {},
    state: 'UNKNOWN',
    applied: false,
    postedAt: expect.any(Date),
    raw: expect.any(String),
  });
  expect(read({ totalApplicants: '12' })?.proposals, 'a number that became a string').toBe(12);
  expect(read({ experienceLevel: null, job: { contractTerms: { experienceLevel: 'EXPERT' } } })?.experienceLevel).toBe(
    'EXPERT',
  );
  expect(read({ duration: 'NEW_NAME', durationLabel: 'More than 6 months' })?.duration).toBe('MORE_THAN_6_MONTHS');
});

it('Prospector knows a posting by its number in every form, and drops one that has none', () => {
  expect(read({ id: `~02${id}` })?.externalId).toBe(id);
  expect(read({ id: Number.NaN, ciphertext: `~02${id}` })?.externalId).toBe(id);
  expect(read({ id: null, ciphertext: '~01abcdef0123456789', job: { id } })).toMatchObject({
    externalId: id,
    ciphertext: '~01abcdef0123456789',
  });
  expect(read({ ciphertext: 'javascript:alert(1)' })).not.toHaveProperty('ciphertext');
  expect(read({ id: null, ciphertext: '~01abcdef0123456789' })).toBeUndefined();
  for (const nothing of [null, undefined, 7, 'text', [], {}]) expect(postingOf(nothing, now)).toBeUndefined();
});

const dates: [value: unknown, expected: string | undefined][] = [
  ['2025-10-16T06:06:48+0000', '2025-10-16T06:06:48.000Z'],
  ['2025-10-16T08:06:48+02:00', '2025-10-16T06:06:48.000Z'],
  ['2025-10-16T06:06:48.123Z', '2025-10-16T06:06:48.123Z'],
  ['2026-10-01T12:30:00Z', '2026-10-01T12:30:00.000Z'],
  ['2025-10-16T06:06:48', undefined],
  ['2025-02-31T99:00:00Z', undefined],
  ['1970-01-01T00:00:00+0000', undefined],
  ['2026-10-02T12:00:00Z', undefined],
  ['9999-12-31T23:59:59Z', undefined],
  ['1760594808', undefined],
  ['1760594808000', undefined],
  [1_760_594_808_000, undefined],
  ['Invalid Date', undefined],
  ['', undefined],
  [null, undefined],
];

it.each(dates)('Prospector reads the date %s as %s (F104)', (value, expected) => {
  const posting = read({ publishedDateTime: value, createdDateTime: null, renewedDateTime: value });
  expect([posting?.postedAt?.toISOString(), posting?.renewedAt?.toISOString()]).toEqual([expected, expected]);
  const created = read({ publishedDateTime: value, createdDateTime: '2025-10-16T06:06:47+0000' });
  expect(created?.postedAt?.toISOString()).toBe(expected ?? '2025-10-16T06:06:47.000Z');
});

const amounts: [value: unknown, expected: string | undefined][] = [
  ['1250.50', '1250.5'],
  ['0023.0', '23'],
  [40, '40'],
  [40.5, '40.5'],
  ['99999999999.99', '99999999999.99'],
  ['999999999999', undefined],
  ['0.0', undefined],
  ['1,000', undefined],
  ['-1', undefined],
  ['1e309', undefined],
  ['1e3', undefined],
  ['NaN', undefined],
  ['$5', undefined],
  ['', undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [null, undefined],
];

it.each(amounts)('Prospector reads a budget of %s as %s (F105)', (value, expected) => {
  const amount = { rawValue: value, currency: 'usd' };
  const fixed = read({
    hourlyBudgetMin: null,
    hourlyBudgetMax: null,
    amount,
    job: { contractTerms: { contractType: 'FIXED' } },
  });
  expect(fixed?.fixedBudget).toEqual(expected && { amount: expected, currency: 'USD' });
  expect(fixed).toMatchObject({ type: 'FIXED_PRICE' });
  expect(fixed).not.toHaveProperty('hourlyRate');
});

it('Prospector tells the type by the job, else by the money, else not at all', () => {
  const none = { hourlyBudgetMin: null, hourlyBudgetMax: null };
  expect(read({ ...none, amount: { rawValue: '10.0', currency: 'USD' } })).toMatchObject({
    type: 'FIXED_PRICE',
    fixedBudget: { amount: '10', currency: 'USD' },
  });
  expect(read(none)).not.toHaveProperty('type');
  expect(read({ ...none, job: { contractTerms: { contractType: 'HOURLY' } } })).toMatchObject({ type: 'HOURLY' });
  expect(read({ ...none, job: { contractTerms: { contractType: 'HOURLY' } } })).not.toHaveProperty('hourlyRate');
  const money = (rawValue: string) => ({ rawValue, currency: 'USD' });
  expect(read({ hourlyBudgetMin: money('0.0') })?.hourlyRate).toEqual({ max: { amount: '15', currency: 'USD' } });
  expect(read({ hourlyBudgetMin: money('80') }), 'a range that ends before it begins').not.toHaveProperty('hourlyRate');
  expect(read({ hourlyBudgetMin: { rawValue: '5.0' } })?.hourlyRate, 'no currency').toEqual({
    max: { amount: '15', currency: 'USD' },
  });
});

it('Prospector keeps a spend of zero, and takes the rating of a client nobody reviewed for none', () => {
  const spent = (rawValue: string) =>
    postingOf(client({ totalSpent: { rawValue, currency: 'USD' } }), now)?.client.totalSpent;
  expect(spent('0.0')).toEqual({ amount: '0', currency: 'USD' });
  expect(spent('-3')).toBeUndefined();
  const rating = (totalFeedback: unknown, totalReviews: unknown) =>
    postingOf(client({ totalFeedback, totalReviews }), now)?.client.rating;
  expect([
    rating(0, 0),
    rating(0, 3),
    rating(4.8999999, 3),
    rating(5, 1),
    rating(7, 1),
    rating('4.2', 1),
    rating(-1, 1),
  ]).toEqual([undefined, '0', '4.9', '5', undefined, '4.2', undefined]);
});

it('Prospector knows a country by name, alpha-3 and alpha-2, and a verification by its word (FACTS §5)', () => {
  const country = (name: unknown) => postingOf(node({ client: { location: { country: name } } }), now)?.client;
  for (const [name, code] of Object.entries({
    'United States': 'US',
    GBR: 'GB',
    gbr: 'GB',
    'United Kingdom': 'GB',
    'Cote d’Ivoire': 'CI',
    "Côte d'Ivoire": 'CI',
    'South Korea': 'KR',
    Vietnam: 'VN',
    Turkey: 'TR',
    Türkiye: 'TR',
    Macedonia: 'MK',
    Moldova: 'MD',
    'Bosnia & Herzegovina': 'BA',
    'Saint Lucia': 'LC',
    'The Netherlands': 'NL',
    Kosovo: 'XK',
    Russia: 'RU',
    DE: 'DE',
  }))
    expect(country(name), name).toEqual({ country: code });
  for (const nothing of ['Atlantis', '', 'XX', '__proto__', 'constructor', 'toString', null, 7, 'x'.repeat(5_000)])
    expect(country(nothing)).toEqual({});
  expect(countryNames.map(countryCode)).not.toContain(undefined);
  const verified = (status: unknown) => postingOf(client({ verificationStatus: status }), now)?.client.paymentVerified;
  expect(['VERIFIED', 'NOT_VERIFIED', 'ACTIVE_BUT_NOT_VERIFIED', 'UNKNOWN', null].map(verified)).toEqual([
    true,
    false,
    false,
    undefined,
    false,
  ]);
});

it('10.8 a verification that an error names is withheld, not missing', () => {
  const read = (withheld: object) =>
    postingOf(client({ verificationStatus: null }), now, withheld)?.client.paymentVerified;
  expect([read({}), read({ verificationStatus: true })]).toEqual([false, undefined]);
});

it('10.7 Prospector does not take a posting for open when its job or its places are withheld', () => {
  const state = (more: Record<string, unknown>) => read(more)?.state;
  const active = { workFlowState: { status: 'ACTIVE' } };
  expect(state({ freelancersToHire: 1, job: active })).toBe('OPEN');
  for (const more of [{ freelancersToHire: 1, job: null }, { freelancersToHire: null, job: active }, { job: {} }])
    expect(state(more)).toBe('UNKNOWN');
  expect(state({ freelancersToHire: null, job: { workFlowState: { status: 'CLOSED' } } })).toBe('CLOSED');
});

it('10.7 Prospector says of which lists entries were withheld', () => {
  expect(read({ skills: [{ name: 'a' }, null] })?.incomplete).toEqual(['skills']);
  expect(read({ skills: [{ name: 'a' }] })).not.toHaveProperty('incomplete');
});

it('Prospector takes a posting with nobody left to hire for filled, and a closed one for closed', () => {
  expect(read({ freelancersToHire: 0 })?.state).toBe('FILLED');
  expect(read({ job: { workFlowState: { status: 'CLOSED' } } })?.state).toBe('CLOSED');
  expect(read({ applied: true })?.applied).toBe(true);
});

it('Prospector numbers screening questions from 1, in their order', () => {
  const ask = (screeningQuestions: unknown) =>
    read({ job: { contractorSelection: { proposalRequirement: { screeningQuestions } } } })?.questions;
  const second = { question: 'Second?', sequenceNumber: 1 };
  expect(ask([second, { question: 'First?', sequenceNumber: 0 }, null, { question: '' }])).toEqual([
    { position: 1, text: 'First?', required: true },
    { position: 2, text: 'Second?', required: true },
  ]);
  expect(ask('none')).toEqual([]);
});

it('Prospector stores text that stays what it is: well-formed, without NUL and control characters (T10, F101)', () => {
  const hostile = read({
    title: ' A\u0000B\ud800\u001b[31m\nC\u2028D ',
    description: `\ufeff${'x'.repeat(5_000_000)}`,
    skills: Array.from({ length: 10_000 }, (_, index) => ({ name: `skill-${index}`, prettyName: `Skill ${index}` })),
  });
  expect(hostile?.title).toBe('AB\ufffd[31m C D');
  expect(hostile?.description).toHaveLength(50_000);
  expect(hostile?.skills).toHaveLength(100);
  expect(hostile, 'beyond 256 KiB nothing raw is kept').not.toHaveProperty('raw');
  const emoji = read({ description: `${'x'.repeat(49_999)}😀` })?.description;
  expect(emoji).toBe('x'.repeat(49_999));
  expect(read({ skills: [{ prettyName: 'Go' }, { name: 'go' }, {}, null, { prettyName: ' ' }] })?.skills).toEqual([
    'Go',
  ]);
});

it('Prospector survives any node at all, says the same of it each time, and pollutes nothing (F97, F106)', () => {
  const hostileKeys = fc.constantFrom('__proto__', 'constructor', 'toString', ...Object.keys(node()));
  const mutation = fc.dictionary(hostileKeys, fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: false });
  fc.assert(
    fc.property(mutation, fc.string({ unit: 'binary' }), (changes, words) => {
      const mutated: unknown = JSON.parse(
        JSON.stringify({ ...node({ title: words, description: words }), ...changes }),
      );
      const first = postingOf(mutated, now);
      expect(postingOf(structuredClone(mutated), now)).toEqual(first);
      for (const value of [first?.title, first?.description, first?.categoryLabel, ...(first?.skills ?? [])]) {
        expect(value?.isWellFormed() ?? true).toBe(true);
        expect(value ?? '').not.toContain('\u0000');
      }
      if (first) expect(JSON.parse(JSON.stringify(first)).title).toBe(first.title);
    }),
    { numRuns: 200 },
  );
  postingOf(JSON.parse(`{"id":"1","__proto__":{"polluted":true},"client":{"__proto__":{"polluted":true}}}`), now);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
