import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PreferencesPatch } from '../../../../src/services/preferences/model.ts';
import { content, openPreferences, refusal, section } from './rig.ts';

const update = { dryRun: false };

const written = `# My preferences

platforms:
  upwork:   # mine alone
    # What I do
    categories:  # by label
      - 'Web Development'   # the first
      # the second
      - "Mobile Development"   # and last
      # nothing more

    job_type: [ 'Fixed', "hourly" ]   # both
    experience_level: ['expert']
    scan_interval: '30m'          # below 15m: accepted with a warning
    quiet_hours:
      start: 22:00   # evening
      end: '07:00'
      time_zone: Europe/Berlin

    max_results_per_scan: 50  # newest first
    hourly_rate: { min: 40, currency: USD } # at least
# the end
`;

/** What an update makes of the file, as lines that went and came. */
function changeOf(patch: PreferencesPatch, yaml = written) {
  using world = openPreferences(yaml);
  world.preferences.update(patch, update);
  const [before, after] = [yaml.split('\n'), world.read().split('\n')];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
}

it('Prospector changes a value where it stands, and not a character beside it', () => {
  expect(changeOf({ intervalMs: 5_400_000 })).toEqual([
    "-    scan_interval: '30m'          # below 15m: accepted with a warning",
    "+    scan_interval: '1h30m'          # below 15m: accepted with a warning",
  ]);
  expect(
    changeOf({ maxResultsPerScan: 100, quietHours: { start: '23:00', end: '07:00', timeZone: 'Europe/Berlin' } }),
  ).toEqual([
    '-      start: 22:00   # evening',
    '-    max_results_per_scan: 50  # newest first',
    '+      start: 23:00   # evening',
    '+    max_results_per_scan: 100  # newest first',
  ]);
  expect(changeOf({ criteria: { hourlyRate: { min: '50', max: '90.5', currency: 'USD' } } })).toEqual([
    '-    hourly_rate: { min: 40, currency: USD } # at least',
    "+    hourly_rate: { min: 50, max: 90.5, currency: 'USD' } # at least",
  ]);
});

it('Prospector keeps how the entries of a list are written, with the comments on and above them', () => {
  expect(changeOf({ criteria: { categories: ['Mobile Development', 'Sales & Marketing'] } })).toEqual([
    "-      - 'Web Development'   # the first",
    "+      - 'Sales & Marketing'",
  ]);
  expect(changeOf({ criteria: { jobTypes: ['FIXED_PRICE'] } })).toEqual([
    '-    job_type: [ \'Fixed\', "hourly" ]   # both',
    "+    job_type: [ 'Fixed' ]   # both",
  ]);
  expect(changeOf({ criteria: { experienceLevels: ['EXPERT', 'ENTRY'] } })).toEqual([
    "-    experience_level: ['expert']",
    "+    experience_level: ['expert', 'entry']",
  ]);
  expect(changeOf({ criteria: { jobTypes: ['HOURLY'] } }, section('job_type: hourly # one'))).toEqual([]);
  expect(changeOf({ criteria: { jobTypes: ['HOURLY', 'FIXED_PRICE'] } }, section('job_type: hourly # one'))).toEqual([
    '-    job_type: hourly # one',
    "+    job_type: ['hourly', 'fixed'] # one",
  ]);
});

it('Prospector adds new keys at the end of the section, and takes out those that are cleared', () => {
  expect(
    changeOf({
      requestsPerDay: 900,
      quietHours: null,
      criteria: {
        keywords: ["it's: #1"],
        categories: null,
        experienceLevels: [],
        maximumAgeMs: 86_400_000,
        clientCountries: ['GB'],
      },
    }),
  ).toEqual([
    '-    categories:  # by label',
    "-      - 'Web Development'   # the first",
    '-      # the second',
    '-      - "Mobile Development"   # and last',
    "-    experience_level: ['expert']",
    '-    quiet_hours:',
    '-      start: 22:00   # evening',
    "-      end: '07:00'",
    '-      time_zone: Europe/Berlin',
    '+    requests_per_day: 900',
    '+    keywords:',
    "+      - 'it''s: #1'",
    '+    client_countries:',
    "+      - 'GB'",
    "+    maximum_age: '1d'",
  ]);
});

it('Prospector writes into whatever layout it finds, with the comments kept', () => {
  const layouts = [
    '# top\nplatforms: { upwork: { scan_interval: 30m, keywords: [a] } } # here\n',
    '# top\nplatforms:\n  upwork: # here\n',
    '# top\nplatforms: # here\n  upwork: {}\n',
    '# top\n# here\n',
    '# top # here\r\nplatforms:\r\n  upwork:\r\n    scan_interval: 30m\r\n',
    '# top # here\nplatforms:\n  upwork:\n    scan_interval: 30m',
    '# top # here\nplatforms:\n  upwork:\n    scan_interval: >-\n      30m\n    keywords:\n    - a\n    - b\n',
    '# top # here\nplatforms:\n  upwork:\n    keywords: [\n      a, # x\n      b\n    ]\n    job_type: "fixed"\n',
    '# top # here\n"platforms":\n  ? upwork\n  : scan_interval: 30m\n',
  ];
  for (const yaml of layouts) {
    using world = openPreferences(yaml);
    world.preferences.update(
      { intervalMs: 3_600_000, criteria: { keywords: ['b', 'new'], clientSpend: { min: '10' } } },
      update,
    );
    const text = world.read();
    expect(text, yaml).toContain('# top');
    expect(text, yaml).toContain('# here');
    expect(text.includes('\r\n'), yaml).toBe(yaml.includes('\r\n'));
    expect(text.replaceAll('\r\n', '').includes('\r')).toBe(false);
    const again = world.open();
    expect(again.problems(), text).toEqual([]);
    expect(again.current(), yaml).toMatchObject({
      intervalMs: 3_600_000,
      criteria: { keywords: ['b', 'new'], clientSpend: { min: '10' } },
    });
  }
});

it('Prospector begins a file, with mode 0600 and a comment, on the first change and not before', () => {
  using world = openPreferences();
  expect(
    world.preferences.update({ intervalMs: 3_600_000, criteria: { jobTypes: ['FIXED_PRICE'] } }, { dryRun: true }),
  ).toMatchObject({
    intervalMs: 3_600_000,
    version: 1,
  });
  expect(world.read).toThrow('ENOENT');
  world.preferences.update({ intervalMs: 3_600_000, criteria: { jobTypes: ['FIXED_PRICE'] } }, update);
  expect(world.read()).toBe(
    `# What Prospector scans for, and how often. README.md lists the keys; changes are picked up while it runs.
# No secret belongs in here.

platforms:
  upwork:
    scan_interval: '1h'
    job_type:
      - 'fixed'
`,
  );
  expect(statSync(world.file).mode & 0o777).toBe(0o600);
  expect(readdirSync(world.folder)).toEqual(['prospector.yaml']);
});

it('Prospector counts a version for every change of content, on disk too, and for nothing else', () => {
  using world = openPreferences(section('scan_interval: 1h'));
  const { preferences, clock } = world;
  const first = preferences.current();
  expect(first.version).toBe(1);
  clock.jump(1_000);
  const second = preferences.update({ intervalMs: 7_200_000 }, update);
  expect([second.version, second.updatedAt]).toEqual([2, clock.now()]);
  clock.jump(1_000);
  expect(preferences.update({ intervalMs: 7_200_000 }, update)).toEqual(second);
  world.write(`# a comment\n${section("scan_interval: '2h'")}`);
  expect(preferences.update({}, update)).toEqual(second);
  world.write(section('scan_interval: 3h'));
  expect(preferences.update({}, update).version).toBe(3);
  expect(preferences.update({ enabled: true }, update).version, 'a default, said aloud').toBe(3);
  expect(world.read()).toContain('enabled: true');
  expect(world.open().current()).toEqual(preferences.current());
  expect(preferences.update({ intervalMs: null, enabled: null }, update)).toMatchObject({
    version: 4,
    intervalMs: 1_800_000,
  });
});

it('Prospector refuses a change made on an older version, told or on disk, with the version there is', () => {
  using world = openPreferences(section('scan_interval: 1h'));
  const { preferences } = world;
  preferences.update({ intervalMs: 7_200_000 }, { expectedVersion: 1, dryRun: false });
  const before = world.read();
  const conflict = [
    {
      type: 'ConflictError',
      code: 'CONFLICT',
      path: ['input', 'expectedVersion'],
      message: expect.stringContaining('version 2, not 1'),
      currentVersion: 2,
    },
  ];
  const stale = { expectedVersion: 1, dryRun: false };
  expect(refusal(() => preferences.update({ maxResultsPerScan: 5 }, stale))).toEqual(conflict);
  expect(world.read()).toBe(before);
  world.write(section('scan_interval: 4h'));
  expect(refusal(() => preferences.update({ maxResultsPerScan: 5 }, { ...stale, expectedVersion: 2 }))).toMatchObject([
    { currentVersion: 3 },
  ]);
});

it('Prospector refuses what is wrong with every problem at its input, changes nothing, and says the same in a dry run', () => {
  using world = openPreferences(written);
  const patch: PreferencesPatch = {
    intervalMs: 30_000,
    maxResultsPerScan: 0,
    quietHours: { start: '25:00', end: '07:00', timeZone: 'Europe/Berlin' },
    criteria: {
      categories: ['Web Development', 'Web Develoment'],
      hourlyRate: { min: '80', max: '40' },
      maximumAgeMs: -1,
      clientMinimumRating: '9',
    },
  };
  const before = world.preferences.current();
  const failures = refusal(() => world.preferences.update(patch, update));
  expect(failures).toEqual(
    [
      {
        path: ['input', 'criteria', 'categories', '1'],
        message: /^categories: expected .* got "Web Develoment"\. Did you mean "Web Development"/,
      },
      { path: ['input', 'interval'], message: /^interval: expected at least 1m, got "30s"\.$/ },
      { path: ['input', 'quietHours', 'start'], message: /^quietHours: expected a time such as 22:00, got "25:00"\.$/ },
      {
        path: ['input', 'maxResultsPerScan'],
        message: /^maxResultsPerScan: expected a whole number from 1 to 5000, got 0\.$/,
      },
      { path: ['input', 'criteria', 'hourlyRate'], message: /^hourlyRate: .* minimum 80 is above its maximum 40/ },
      {
        path: ['input', 'criteria', 'clientMinimumRating'],
        message: /^clientMinimumRating: expected a number from 0 to 5, got 9\.$/,
      },
      { path: ['input', 'criteria', 'maximumAge'], message: /^maximumAge: expected a length such as/ },
    ].map(({ path, message }) =>
      expect.objectContaining({
        type: 'ValidationError',
        code: 'VALIDATION',
        path,
        message: expect.stringMatching(message),
      }),
    ),
  );
  expect(refusal(() => world.preferences.update(patch, { dryRun: true }))).toEqual(failures);
  expect(world.read()).toBe(written);
  expect(world.preferences.current()).toEqual(before);
});

it('Prospector says what a dry run would give, and neither writes nor tells anybody', () => {
  using world = openPreferences(written);
  const told: unknown[] = [];
  world.preferences.onChange((preferences) => told.push(preferences));
  const before = world.preferences.current();
  const rehearsed = world.preferences.update({ intervalMs: 600_000 }, { dryRun: true });
  expect(rehearsed).toEqual({
    ...before,
    intervalMs: 600_000,
    warnings: [expect.objectContaining({ code: 'INTERVAL_BELOW_RECOMMENDED' })],
  });
  expect([world.read(), world.preferences.current(), told]).toEqual([written, before, []]);
});

it('Prospector lets an update mend a key of a broken file, and names what is still wrong by file and line', () => {
  using world = openPreferences(section('scan_interval: soon', 'keywrds: [a]', 'max_results_per_scan: 9'));
  expect(refusal(() => world.preferences.update({ intervalMs: 3_600_000 }, update))).toEqual([
    {
      type: 'ValidationError',
      code: 'VALIDATION',
      constraint: 'unknown_key',
      message: `${world.file}:4: keywrds: there is no such key. Did you mean keywords?`,
    },
  ]);
  world.write(section('scan_interval: soon', 'max_results_per_scan: 9'));
  expect(world.preferences.update({ intervalMs: 3_600_000 }, update)).toMatchObject({
    intervalMs: 3_600_000,
    maxResultsPerScan: 9,
  });
  world.write('platforms: [');
  expect(refusal(() => world.preferences.update({ intervalMs: 60_000 }, update))).toMatchObject([
    { message: expect.stringContaining(`${world.file}:1: this is no YAML`) },
  ]);
  expect(world.read()).toBe('platforms: [');
});

it('Prospector goes back to the defaults on reset, and keeps the rest of the file', () => {
  using world = openPreferences(`${written}`);
  expect(world.preferences.reset()).toMatchObject({ version: 2, intervalMs: 1_800_000, criteria: {} });
  expect(world.read()).toBe(`# My preferences

platforms:
  upwork:   # mine alone
    # What I do
      # nothing more


# the end
`);
  expect(world.open().problems()).toEqual([]);
  world.write(section('keywrds: [a]'));
  expect(world.preferences.reset()).toMatchObject({ version: 2, criteria: {} });
  expect(world.preferences.problems()).toEqual([]);
});

it('Prospector replaces the file in one step, through a link, and leaves nothing behind when it cannot', () => {
  using world = openPreferences(section('scan_interval: 1h'));
  const elsewhere = join(world.folder, 'elsewhere');
  mkdirSync(elsewhere);
  renameSync(world.file, join(elsewhere, 'real.yaml'));
  symlinkSync(join(elsewhere, 'real.yaml'), world.file);
  world.preferences.update({ intervalMs: 7_200_000 }, update);
  expect(lstatSync(world.file).isSymbolicLink()).toBe(true);
  expect(world.read()).toContain('scan_interval: 2h');
  expect(readdirSync(elsewhere)).toEqual(['real.yaml']);
  const before = content(world.preferences);
  // Root may write anywhere: a folder in the way is refused to everybody.
  mkdirSync(join(elsewhere, `real.yaml.${process.pid}.tmp`));
  chmodSync(elsewhere, 0o700);
  expect(() => world.preferences.update({ intervalMs: 10_800_000 }, update)).toThrow('cannot be written');
  expect(world.read()).toContain('scan_interval: 2h');
  expect(content(world.preferences)).toEqual(before);
});
