import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkCriteria } from '../../../../src/services/jobs/criteria/check-criteria.ts';
import type { JobCriteria } from '../../../../src/services/jobs/model.ts';
import { criteria as anyCriteria } from '../jobs/arbitrary.ts';
import { refusal, section } from '../preferences/rig.ts';
import { setUpConfiguration } from './set-up.ts';

const search = { name: 'React jobs', criteria: { skills: ['React'] }, scan: false, notify: true };

it('writes everything that is in force, in the words of the preferences file', () => {
  using app = setUpConfiguration(
    section("categories: ['Web Development']", "service_fee: '12.5'", 'hourly_rate: {min: 40}'),
  );
  app.searches.create({
    ...search,
    query: 'react -wordpress',
    criteria: { maximumAgeMs: 5_400_000, jobTypes: ['FIXED_PRICE'] },
  });
  expect(
    app.export(),
  ).toBe(`# Preferences and saved searches of Prospector. \`import\` puts them in force. No secret belongs in here.
platforms:
  upwork:
    enabled: true
    scan_interval: '30m'
    scan_everything: false
    max_results_per_scan: 50
    requests_per_day: 500
    score_weights:
      skills: 30
      budget: 20
      client: 25
      competition: 15
      timing: 10
    service_fee: 12.5
    categories:
      - 'Web Development'
    hourly_rate:
      min: 40
searches:
  - name: 'React jobs'
    query: 'react -wordpress'
    criteria:
      job_type:
        - 'fixed'
      maximum_age: '1h30m'
    scan: false
    enabled: true
    notify: true
`);
});

it('plans without writing, then does exactly what was planned, and nothing the second time', () => {
  using app = setUpConfiguration(section('scan_interval: 1h   # mine', "keywords: ['vue']"));
  const kept = app.searches.create({ ...search, criteria: { ...search.criteria, jobTypes: ['HOURLY'] } }).search;
  const yaml = `
platforms:
  upwork:
    scan_interval: 45m
    skills: [React]
searches:
  - name: React jobs
    criteria: { skills: [React, Vue], maximum_proposals: 10 }
    scan: true
    snoozed_until: '2026-11-01T00:00:00Z'
  - name: Anything new
    query: graphql
    enabled: false
`;
  const before = [app.read(), app.searches.all(), app.preferences.current()];
  const changes = [
    { path: 'platforms.upwork.scan_interval', before: '1h', after: '45m' },
    { path: 'platforms.upwork.keywords', before: ['vue'], after: null },
    { path: 'platforms.upwork.skills', before: null, after: ['React'] },
    { path: 'searches.React jobs.scan', before: false, after: true },
    { path: 'searches.React jobs.snoozed_until', before: null, after: '2026-11-01T00:00:00.000Z' },
    { path: 'searches.React jobs.criteria.skills', before: ['React'], after: ['React', 'Vue'] },
    { path: 'searches.React jobs.criteria.job_type', before: ['hourly'], after: null },
    { path: 'searches.React jobs.criteria.maximum_proposals', before: null, after: 10 },
    {
      path: 'searches.Anything new',
      before: null,
      after: { name: 'Anything new', query: 'graphql', scan: false, enabled: false, notify: true },
    },
  ];
  expect(app.plan(yaml)).toEqual({ changes, applied: false, warnings: [] });
  expect([app.read(), app.searches.all(), app.preferences.current()]).toEqual(before);

  expect(app.import(yaml)).toEqual({ changes, applied: true, warnings: [] });
  expect(app.read()).toBe(section('scan_interval: 45m   # mine', "skills:\n      - 'React'"));
  expect(app.searches.all()).toEqual([
    {
      ...kept,
      version: 2,
      scan: true,
      criteria: { skills: ['React', 'Vue'], maximumProposals: 10 },
      snoozedUntil: new Date('2026-11-01T00:00:00Z'),
    },
    expect.objectContaining({
      name: 'Anything new',
      query: 'graphql',
      criteria: {},
      scan: false,
      enabled: false,
      notify: true,
    }),
  ]);
  const after = [app.read(), app.searches.all(), app.preferences.current()];
  expect(app.import(yaml)).toEqual({ changes: [], applied: true, warnings: [] });
  expect(app.import(app.export())).toEqual({ changes: [], applied: true, warnings: [] });
  expect([app.read(), app.searches.all(), app.preferences.current()]).toEqual(after);
});

it('leaves alone what the text does not speak of', () => {
  using app = setUpConfiguration(section('scan_interval: 1h'));
  app.searches.create(search);
  const before = app.export();
  for (const yaml of ['', '# nothing\n', 'platforms:\n', 'platforms:\n  upwork:\n', 'searches:\n', 'searches: []\n'])
    expect(app.import(yaml)).toEqual({ changes: [], applied: true, warnings: [] });
  expect(app.export()).toBe(before);
});

it('names every problem with its line, and then changes nothing at all', () => {
  using app = setUpConfiguration();
  const yaml = `platforms:
  upwork:
    scan_intervall: 30m
    requests_per_day: 0
serches: []
searches:
  - name: ''
    query: 5
  - nme: Two
    criteria:
      skills: [React]
      hourly_rate: { min: 80, max: 40 }
      client_countries: [Germny]
  - name: Three
    snoozed_until: tomorrow
  - 7
`;
  expect(refusal(() => app.import(yaml))).toEqual(
    [
      'Line 3: scan_intervall: there is no such key. Did you mean scan_interval?',
      'Line 4: requests_per_day: expected a whole number from 1 to 40000, got 0.',
      'Line 5: serches: there is no such key. Did you mean searches?',
      'Line 7: searches.0.name: expected a text, got "".',
      'Line 9: searches.1.nme: there is no such key. Did you mean name?',
      'Line 9: searches.1: expected a name.',
      'Line 12: searches.1.criteria.hourly_rate: `hourly_rate` is empty: its minimum 80 is above its maximum 40. Swap them, or leave one out.',
      'Line 13: searches.1.criteria.client_countries: expected a country by its English name or code, got "Germny". Did you mean "Germany"?',
      'Line 15: searches.2.snoozed_until: expected a time such as 2026-05-24T12:00:00Z, got "tomorrow".',
      'Line 16: searches.3: expected a search: name and criteria.',
    ].map((message) => expect.objectContaining({ code: 'VALIDATION', path: ['input', 'yaml'], message })),
  );
  expect([app.searches.all(), app.preferences.current().version]).toEqual([[], 1]);
  const failures = (text: string) => refusal(() => app.plan(text)).map(({ message }) => message);
  expect(failures('a: [')[0]).toMatch(/^Line 1: this is no YAML: /);
  expect(failures('searches: { name: One }')).toEqual(['Line 1: searches: expected a list of searches.']);
  expect(failures(`# ${'x'.repeat(600_000)}`)).toEqual([expect.stringMatching(/^Line 1: it has \d+ characters/)]);
});

it('takes searches back when the preferences cannot be written', () => {
  using app = setUpConfiguration(section('scan_interval: 1h'));
  app.write('platforms: [broken');
  const yaml = `${section('scan_interval: 45m')}searches:\n  - name: New\n`;
  expect(refusal(() => app.import(yaml))[0]?.message).toContain('this is no YAML');
  expect(app.searches.all()).toEqual([]);
});

it('refuses more searches than there may be, and warns of what is worth knowing', () => {
  using app = setUpConfiguration();
  const list = (count: number) =>
    `searches:\n${Array.from({ length: count }, (_, at) => `  - name: S${at}\n    query: q${at}\n`).join('')}`;
  expect(refusal(() => app.plan(list(201)))).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/^Line 402: There are 200 searches already/) }),
  ]);
  expect(app.plan(section('scan_interval: 5m')).warnings).toEqual([
    expect.objectContaining({ code: 'INTERVAL_BELOW_RECOMMENDED' }),
  ]);
});

it('brings any preferences and searches to another server unchanged', () => {
  const wishes = anyCriteria.filter((criteria) => checkCriteria(criteria).length === 0);
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((value) => /[a-z0-9]/i.test(value));
  const searches = fc.array(
    fc.record({ name: text, query: fc.option(text), criteria: wishes, scan: fc.boolean(), notify: fc.boolean() }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(wishes, searches, (criteria, all) => {
      using from = setUpConfiguration();
      using to = setUpConfiguration();
      from.preferences.update({ criteria }, { dryRun: false });
      for (const wanted of all) from.searches.create(wanted);
      const exported = from.export();
      expect(from.import(exported)).toEqual({ changes: [], applied: true, warnings: [] });
      to.import(exported);
      expect(to.export()).toBe(exported);
      const told = (app: typeof from) =>
        app.searches.all().map(({ name, query, criteria: own, scan }) => ({ name, query, scan, criteria: once(own) }));
      expect(told(to)).toEqual(told(from));
      expect(to.preferences.current().criteria).toEqual(from.preferences.current().criteria);
    }),
    { numRuns: 10 },
  );
});

/** Criteria with each entry of a list once, as a text says them. */
function once(criteria: JobCriteria) {
  const entries = Object.entries(criteria).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...new Set(value)] : value,
  ]);
  return Object.fromEntries(entries);
}
