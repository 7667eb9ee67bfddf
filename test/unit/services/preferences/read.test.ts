import { expect, it } from 'vitest';
import { labels, openPreferences, section } from './rig.ts';

const defaults = {
  enabled: true,
  intervalMs: 1_800_000,
  criteria: {},
  scanEverything: false,
  maxResultsPerScan: 50,
  requestsPerDay: 500,
  scoreWeights: { skills: 30, budget: 20, client: 25, competition: 15, timing: 10 },
  serviceFee: '10',
  warnings: [],
};

/** What a section with these lines says, and what is wrong with it, without the file's name. */
function read(...lines: string[]) {
  using world = openPreferences(section(...lines));
  const { id: _id, version: _version, updatedAt: _updatedAt, ...values } = world.preferences.current();
  return { values, problems: world.preferences.problems().map((problem) => problem.replace(`${world.file}:`, '')) };
}

it('Prospector takes a file that is missing, empty or has comments only for the defaults, and makes none', () => {
  for (const yaml of [undefined, '', '# nothing\n', 'platforms:\n', 'platforms:\n  upwork:\n', 'platforms: {}\n']) {
    using world = openPreferences(yaml);
    expect(world.preferences.current()).toEqual({
      ...defaults,
      id: 'preferences_upwork',
      version: 1,
      updatedAt: world.clock.now(),
    });
    expect(world.preferences.problems()).toEqual([]);
    if (yaml === undefined) expect(world.read).toThrow('ENOENT');
    else expect(world.read()).toBe(yaml);
  }
});

it('Prospector understands the file of the handbook', () => {
  const { values, problems } = read(
    'categories:',
    "  - 'Web Development'",
    "  - 'Mobile Development'",
    "job_type: ['fixed', 'hourly']",
    "experience_level: ['intermediate', 'expert']",
    "scan_interval: '30m'          # below 15m: accepted with a warning",
    'max_results_per_scan: 50',
  );
  expect(problems).toEqual([]);
  expect(values).toEqual({
    ...defaults,
    criteria: {
      categories: ['Web Development', 'Mobile Development'],
      jobTypes: ['FIXED_PRICE', 'HOURLY'],
      experienceLevels: ['INTERMEDIATE', 'EXPERT'],
    },
  });
});

it('Prospector has a key for everything that can be set', () => {
  const { values, problems } = read(
    'enabled: false',
    'scan_interval: PT1H30M',
    "quiet_hours: { start: '22:00', end: 07:00, time_zone: Europe/Berlin }",
    'scan_everything: true',
    'max_results_per_scan: 200',
    'requests_per_day: 1000',
    'connects_per_day: 0',
    "connects_warning: '40'",
    'score_weights: { skills: 50.5, timing: 0 }',
    'service_fee: 12.50',
    'categories: 531770282580668418',
    'keywords: [react native, 2024, \'"design system"\', react native]',
    'excluded_keywords: wordpress',
    'skills: [TypeScript]',
    'job_type: HOURLY',
    'experience_level: [Entry, EXPERT]',
    'workloads: [more than 30 hours, as-needed]',
    'durations: [less_than_1_month, MORE_THAN_6_MONTHS]',
    'hourly_rate: { min: 40.50, currency: usd }',
    'fixed_budget: { min: 500, max: 01000.0 }',
    'client_countries: [United Kingdom, DEU, us]',
    "excluded_client_countries: ['Côte d''Ivoire']",
    'client_history: [ten_plus_hires]',
    'client_payment_verified: true',
    'client_minimum_rating: 4.5',
    'client_spend: { min: 1000 }',
    'maximum_proposals: 20',
    'maximum_age: 7d',
    'minimum_match_score: 60',
    'require_known: [hourly_rate, clientSpend]',
  );
  expect(problems).toEqual([]);
  expect(values).toEqual({
    enabled: false,
    intervalMs: 5_400_000,
    quietHours: { start: '22:00', end: '07:00', timeZone: 'Europe/Berlin' },
    scanEverything: true,
    maxResultsPerScan: 200,
    requestsPerDay: 1_000,
    connectsPerDay: 0,
    connectsWarning: 40,
    scoreWeights: { skills: 50.5, budget: 20, client: 25, competition: 15, timing: 0 },
    serviceFee: '12.5',
    warnings: [
      {
        code: 'FILTER_CONTRADICTORY',
        path: ['criteria', 'fixedBudget'],
        message: 'A fixed budget is asked for, and only hourly jobs are wanted. Leave one of the two out.',
      },
    ],
    criteria: {
      categories: ['531770282580668418'],
      keywords: ['react native', '2024', '"design system"'],
      excludedKeywords: ['wordpress'],
      skills: ['TypeScript'],
      jobTypes: ['HOURLY'],
      experienceLevels: ['ENTRY', 'EXPERT'],
      workloads: ['MORE_THAN_30_HOURS', 'AS_NEEDED'],
      durations: ['LESS_THAN_1_MONTH', 'MORE_THAN_6_MONTHS'],
      hourlyRate: { min: '40.5', currency: 'USD' },
      fixedBudget: { min: '500', max: '1000' },
      clientCountries: ['GB', 'DE', 'US'],
      excludedClientCountries: ['CI'],
      clientHistory: ['TEN_PLUS_HIRES'],
      clientPaymentVerified: true,
      clientMinimumRating: '4.5',
      clientSpend: { min: '1000' },
      maximumProposals: 20,
      maximumAgeMs: 604_800_000,
      minimumMatchScore: 60,
      requireKnown: ['hourlyRate', 'clientSpend'],
    },
  });
});

it('Prospector names every problem at once, with line, key, what was expected and the nearest right word', () => {
  const { problems } = read(
    'categories: [Web Developement, 531770282580668418]',
    'scan_intervall: 30m',
    'job_type: [fixd, hourly]',
    'experience_level: 7',
    'max_results_per_scan: lots',
    'requests_per_day: 40001',
    'enabled: yes',
    'client_countries:',
    '  - Germany',
    '  - Germny',
    'hourly_rate: { min: 80, max: 40, curency: USD }',
    'fixed_budget: 500',
    'client_spend: { min: -1, currency: Taler }',
    'quiet_hours: { start: 24:00, end: 07:00, time_zone: Europe/Berln }',
    'maximum_age: 3 weeks',
    'client_minimum_rating: 5.5',
    'keywords: [[nested], {a: 1}]',
    'require_known: [hourly_rat]',
    'score_weights: { skils: 1, budget: -1 }',
    'service_fee: 51',
  );
  expect(problems).toEqual([
    '3: categories: expected a category or subcategory of Upwork, got "Web Developement". Did you mean "Web Development" or "Mobile Development"?',
    '4: scan_intervall: there is no such key. Did you mean scan_interval?',
    '5: job_type: expected fixed or hourly, got "fixd". Did you mean "fixed"?',
    '6: experience_level: expected entry, intermediate or expert, got 7.',
    '7: max_results_per_scan: expected a whole number from 1 to 5000, got "lots".',
    '8: requests_per_day: expected a whole number from 1 to 40000, got 40001.',
    '9: enabled: expected true or false, got "yes".',
    '12: client_countries: expected a country by its English name or code, got "Germny". Did you mean "Germany"?',
    '13: hourly_rate.curency: there is no such key. Did you mean currency?',
    '14: fixed_budget: expected min, max and currency, such as { min: 40, currency: USD }, got 500.',
    '15: client_spend.min: expected a number such as 40 or 1250.50, got -1.',
    '15: client_spend.currency: expected a currency such as USD, got "Taler".',
    '16: quiet_hours.start: expected a time such as 22:00, got "24:00".',
    '16: quiet_hours.time_zone: expected a time zone such as Europe/Berlin, got "Europe/Berln". Did you mean "Europe/Berlin", "Europe/Dublin" or "Europe/Jersey"?',
    '17: maximum_age: expected a length such as 30m, 1h30m or PT30M, got "3 weeks".',
    '18: client_minimum_rating: expected a number from 0 to 5, got 5.5.',
    '19: keywords: expected a text, got a list.',
    '19: keywords: expected a text, got a group of keys.',
    '20: require_known: expected keywords, excluded_keywords, skills, categories, job_types, experience_levels, workloads, durations, hourly_rate, fixed_budget, client_countries, excluded_client_countries, client_history, client_payment_verified, client_minimum_rating, client_spend, maximum_proposals, maximum_age or minimum_match_score, got "hourly_rat". Did you mean "hourly_rate"?',
    '21: score_weights.budget: expected a number from 0 to 1000, got -1.',
    '21: score_weights.skils: there is no such key. Did you mean skills?',
    '22: service_fee: expected a number from 0 to 50, got 51.',
  ]);
  const weightless = read('score_weights: { skills: 0, budget: 0, client: 0, competition: 0, timing: 0 }');
  expect(weightless.problems).toEqual(['3: score_weights: expected one weight above 0, got a group of keys.']);
});

it('Prospector refuses criteria that nothing can match, by the names of the file', () => {
  const { problems } = read(
    'keywords: [react, vue]',
    'excluded_keywords: [react]',
    'client_countries: [Germany]',
    'excluded_client_countries: [DE]',
  );
  expect(problems).toEqual([
    '3: keywords: `keywords` asks for "react" and `excluded_keywords` drops every job with "react": nothing can match both. Remove one of them.',
    '5: client_countries: DE is both in `client_countries` and in `excluded_client_countries`. Remove it from one of them.',
  ]);
  expect(read('hourly_rate:', '  min: 80', '  max: 40').problems).toEqual([
    '3: hourly_rate: `hourly_rate` is empty: its minimum 80 is above its maximum 40. Swap them, or leave one out.',
  ]);
});

it('Prospector wants at least a minute between scans, and warns below fifteen; against a sandbox seconds will do (F86)', () => {
  expect(read('scan_interval: 15m').values.warnings).toEqual([]);
  expect(read('scan_interval: 1m')).toMatchObject({
    values: { intervalMs: 60_000, warnings: [{ code: 'INTERVAL_BELOW_RECOMMENDED', path: ['interval'] }] },
    problems: [],
  });
  for (const bad of ['59s', '0', '0m', '-30m', '-5', '.nan', '1e9', '31d', 'PT', 'P1M', "''", '30', '[30m]'])
    expect(read(`scan_interval: ${bad}`).problems, bad).toHaveLength(1);
  using sandbox = openPreferences(section('scan_interval: 5s'), { isSandbox: true });
  expect(sandbox.preferences.problems()).toEqual([]);
  expect(sandbox.preferences.current()).toMatchObject({
    intervalMs: 5_000,
    warnings: [{ code: 'INTERVAL_BELOW_RECOMMENDED' }],
  });
});

it('Prospector holds category names against the labels it knows, in any case, by slug or id, and accepts them while it knows none', () => {
  const yaml = section("categories: [web development, web_mobile_software_dev, '531770282580668418']");
  using known = openPreferences(yaml);
  expect(known.preferences.problems()).toEqual([]);
  let learnt: readonly string[] | undefined;
  using unknown = openPreferences(section('categories: [Web Devlopment]'), { labels: () => learnt });
  expect(unknown.preferences.current().criteria).toEqual({ categories: ['Web Devlopment'] });
  expect(unknown.preferences.problems()).toEqual([]);
  learnt = labels;
  expect(unknown.preferences.problems()).toEqual([
    `${unknown.file}:3: categories: expected a category or subcategory of Upwork, got "Web Devlopment". Did you mean "Web Development"?`,
  ]);
  expect(unknown.open().current().criteria, 'what was in force stays so').toEqual({ categories: ['Web Devlopment'] });
});

it('Prospector takes the names of the GraphQL schema too, and a key left blank for one that is not there', () => {
  const { values, problems } = read(
    'interval: 1h',
    'job_types: fixed',
    'experience_levels: [entry]',
    'keywords:',
    'skills: []',
  );
  expect(problems).toEqual([]);
  expect(values).toMatchObject({
    intervalMs: 3_600_000,
    criteria: { jobTypes: ['FIXED_PRICE'], experienceLevels: ['ENTRY'] },
  });
  expect(Object.keys(values.criteria)).toEqual(['jobTypes', 'experienceLevels']);
  expect(read('interval: 1h', 'scan_interval: 2h').problems).toEqual([
    '3: interval: this says the same as scan_interval: keep one of them.',
  ]);
});

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`)
  .join('\n')}\n`;
const hostile: [name: string, yaml: string, problem: RegExp][] = [
  ['no YAML at all', 'platforms: [', /:1: this is no YAML: /],
  ['a tab', 'platforms:\n\tupwork: {}\n', /:2: this is no YAML: Tabs/],
  ['aliases that grow', bomb, /:2: aliases are not read/],
  ['one alias', 'platforms:\n  upwork: &x { keywords: [a] }\n  other: *x\n', /:3: aliases are not read/],
  ['tags', 'platforms: !!binary aGk=\n', /:1: the tag tag:yaml\.org,2002:binary is not read/],
  ['tags of a language', 'platforms: !!js/function "x"\n', /:1: the tag .* is not read/],
  ['a key twice', section('keywords: [a]', 'keywords: [b]'), /:4: keywords stands here twice/],
  ['__proto__', section('__proto__: { enabled: false }'), /:3: __proto__: there is no such key/],
  ['constructor', 'constructor: 1\nplatforms: {}\n', /:1: constructor: there is no such key/],
  ['merge keys', section('<<: { enabled: false }'), /:3: <<: there is no such key/],
  ['keys that are no words', '? [a]\n: 1\n', /:1: /],
  ['two documents', 'platforms: {}\n---\nplatforms: {}\n', /: this is no YAML: /],
  ['a list at the top', '- platforms\n', /:1: expected keys with values below it, beginning with platforms:/],
  ['a word at the top', 'platforms\n', /:1: expected keys/],
  ['a list for a platform', 'platforms:\n  upwork: [a]\n', /:2: platforms\.upwork: expected keys/],
  ['another platform', 'platforms:\n  upwrok: {}\n', /:2: upwrok: there is no such key\. Did you mean upwork\?/],
  ['a megabyte', `# ${'x'.repeat(1_000_000)}\n`, /:1: it has 1000003 bytes; at most 131072 are read/],
  ['brackets without end', '['.repeat(20_000), /:1: /],
  ['nesting', `platforms: ${'{a: '.repeat(100)}1${'}'.repeat(100)}\n`, /:1: this is nested too deeply/],
  ['many keys', Array.from({ length: 9_000 }, (_, index) => `k${index}: 1`).join('\n'), /:1: k0: there is no such key/],
];

it.each(hostile)('Prospector refuses %s with a line and a remedy, and scans nothing by it', (_name, yaml, problem) => {
  using world = openPreferences(yaml);
  expect(world.preferences.current()).toMatchObject({ enabled: false, criteria: {} });
  expect(world.preferences.problems()[0]).toMatch(problem);
  expect(({} as Record<string, unknown>)['enabled']).toBeUndefined();
  expect(world.read()).toBe(yaml);
});
