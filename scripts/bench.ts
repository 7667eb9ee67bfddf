// Times what has to be quick, over 10,000 stored jobs in a database file of its own. Prints for each deed the median of its processor time (what
// else the machine does counts little) beside that of holding all jobs against one filter, as a ratio: two runs, or two machines, compare by their
// ratios alone. Run by `npm run bench`; nothing depends on its figures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/clock.ts';
import { systemRandom } from '../src/random.ts';
import { openDatabase } from '../src/services/database/open.ts';
import { createJobs } from '../src/services/jobs/jobs.ts';
import type { JobCriteria, Posting } from '../src/services/jobs/model.ts';
import { createPreview } from '../src/services/preview/preview.ts';

const { values } = parseArgs({
  options: { jobs: { type: 'string', default: '10000' }, runs: { type: 'string', default: '25' } },
});
const [count, runs] = [Number(values.jobs), Number(values.runs)];
const retentionMs = 86_400_000;
const skills = ['React', 'TypeScript', 'Node.js', 'GraphQL', 'Python', 'Django', 'AWS', 'Figma', 'SEO', 'WordPress'];
const levels = ['ENTRY', 'INTERMEDIATE', 'EXPERT'] as const;
const text = 'We look for somebody who builds and maintains the dashboards that our customers work with every day. ';

const folder = mkdtempSync(join(tmpdir(), 'prospector-bench-'));
const db = openDatabase({ path: join(folder, 'prospector.db'), clock: systemClock, random: systemRandom });
try {
  const { jobs, intake, explain, scoring } = createJobs({ db, clock: systemClock, random: systemRandom, retentionMs });
  const criteria: JobCriteria = {
    keywords: ['dashboard', 'react'],
    skills: ['React', 'GraphQL', 'TypeScript'],
    jobTypes: ['HOURLY'],
    experienceLevels: ['INTERMEDIATE', 'EXPERT'],
    hourlyRate: { min: '45', currency: 'USD' },
    excludedClientCountries: ['FR'],
    clientMinimumRating: '4',
    maximumProposals: 20,
  };
  for (let at = 0; at < count; at += 500)
    db.transaction(() =>
      intake.store(
        Array.from({ length: 500 }, (_, index) => postingOf(at + index)),
        criteria,
      ),
    );
  const preferences = { current: () => ({ criteria }) } as never;
  const preview = createPreview({
    db,
    clock: systemClock,
    jobs,
    explain,
    scoring,
    preferences,
    searches: { byId: () => undefined },
    retentionMs,
  });
  const since = new Date(systemClock.now().getTime() - 7 * retentionMs);
  const [first] = explain({ criteria, limit: 1 });
  report({
    'explain, all criteria': () => explain({ criteria, limit: -1 }),
    'preview, criteria': () => preview.preview({ criteria, since }),
    'preview, criteria and text': () => preview.preview({ criteria, query: 'dashboards -django', since }),
    'preview, minimum score': () => preview.preview({ criteria: { ...criteria, minimumMatchScore: 70 }, since }),
    'why not': () => preview.whyNot(first?.jobId ?? ''),
    'jobs, first page': () => jobs.list({ filter: { criteria }, includeUnmatched: true }),
    'jobs, full text': () => jobs.list({ query: 'dashboards react', includeUnmatched: true }),
  });
} finally {
  db.close();
  rmSync(folder, { recursive: true, force: true });
}

function report(deeds: Readonly<Record<string, () => unknown>>): void {
  const medians = Object.entries(deeds).map(([name, deed]) => ({ name, ms: medianMs(deed) }));
  const unit = medians[0]?.ms ?? 1;
  console.log(`${count} jobs, median of ${runs} runs`);
  console.table(
    Object.fromEntries(medians.map(({ name, ms }) => [name, { ms: ms.toFixed(1), ratio: (ms / unit).toFixed(2) }])),
  );
}

function medianMs(deed: () => unknown): number {
  deed();
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    deed();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

function postingOf(number: number): Posting {
  const pick = <Value>(list: readonly Value[], step: number) => list[Math.floor(number / step) % list.length] as Value;
  const isHourly = number % 3 !== 0;
  const money = (amount: number) => ({ amount: String(amount), currency: 'USD' });
  return {
    externalId: String(1_890_000_000_000_000_000n + BigInt(number)),
    title: `${pick(skills, 1)} dashboard number ${number}`,
    description: text.repeat(5 + (number % 20)),
    type: isHourly ? 'HOURLY' : 'FIXED_PRICE',
    ...(isHourly
      ? { hourlyRate: { min: money(20 + (number % 40)), max: money(30 + (number % 60)) } }
      : { fixedBudget: money(100 * (1 + (number % 50))) }),
    experienceLevel: pick(levels, 2),
    skills: [pick(skills, 1), pick(skills, 7), pick(skills, 13)],
    questions: [],
    client: {
      country: pick(['US', 'DE', 'FR', 'GB', 'CA'], 3),
      rating: pick(['0', '3.5', '4.2', '4.9'], 5),
      paymentVerified: number % 4 !== 0,
    },
    proposals: number % 60,
    state: 'OPEN',
    applied: false,
    postedAt: new Date(systemClock.now().getTime() - (number / count) * retentionMs),
  };
}
