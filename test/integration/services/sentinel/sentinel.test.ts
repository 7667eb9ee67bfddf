import pino from 'pino';
import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { createEventLog } from '../../../../src/services/events/log.ts';
import { createSentinel } from '../../../../src/services/sentinel/sentinel.ts';
import type { FieldReading } from '../../../../src/services/upwork/model.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

const dayMs = 86_400_000;
const spent = 'marketplaceJobPostingsSearch.edges.node.client.totalSpent';

function open() {
  const clock = createTestClock(new Date('2026-01-05T12:00:00Z'));
  const db = createTestDatabase(clock);
  const events = createEventLog({ db, clock, random: systemRandom });
  const create = () => createSentinel({ db, clock, log: pino({ level: 'silent' }), events, searches: () => [] });
  const told = () => events.read({ limit: 100 }).map((event) => ('changed' in event ? event.changed : event.type));
  return { clock, create, told, sentinel: create(), [Symbol.dispose]: () => db[Symbol.dispose]() };
}

const readings = (field: string, outcome: FieldReading['outcome'], count: number, value?: unknown): FieldReading[] =>
  Array.from({ length: count }, () => ({ field, outcome, value }));

it('10.15 a loss outlives a restart, is asked for again on the next day, and is taken back with an event', async () => {
  using rig = open();
  rig.sentinel.losses.settle('SearchJobs', [spent], "Field 'totalSpent' is undefined");
  const { losses, lost } = rig.create();
  expect(losses.of('SearchJobs')).toEqual([spent]);
  expect(losses.isProbeDue('SearchJobs')).toBe(false);
  expect(lost()).toMatchObject([
    { path: spent, since: rig.clock.now(), figures: ['client.totalSpent'], criteria: ['clientSpend'] },
  ]);
  const since = rig.clock.now();
  await rig.clock.advance(dayMs);
  expect(losses.isProbeDue('SearchJobs')).toBe(true);
  losses.settle('SearchJobs', [spent], 'still');
  expect(losses.isProbeDue('SearchJobs')).toBe(false);
  expect(lost()).toMatchObject([{ since }]);
  await rig.clock.advance(dayMs);
  losses.settle('SearchJobs', [], '');
  expect(lost()).toEqual([]);
  expect(losses.isProbeDue('SearchJobs')).toBe(false);
  expect(rig.told()).toEqual([['lostFields'], ['lostFields']]);
});

it('10.15 very much lost at once is rather a bad hour: the whole is asked for again after one', async () => {
  using rig = open();
  const { losses } = rig.sentinel;
  losses.settle(
    'SearchJobs',
    Array.from({ length: 20 }, (_, place) => `a.b${place}`),
    '',
  );
  expect(losses.isProbeDue('SearchJobs')).toBe(false);
  await rig.clock.advance(dayMs / 24);
  expect(losses.isProbeDue('SearchJobs')).toBe(true);
});

it.each([
  ['null', 'WITHHELD', undefined, undefined],
  ['unreadable', 'UNREADABLE', '05.01.2026 at 9', '"99.99.9999 aa 9"'],
  ['unknown', 'UNKNOWN', 'SENIOR', '"SENIOR"'],
] as const)(
  '10.15 a field that turns %s against its own history is an incident, with since when and an example, until it is as it was',
  async (outcome, change, value, example) => {
    using rig = open();
    const { figures, incidents, days } = rig.sentinel;
    figures.note(readings('posting.experienceLevel', 'read', 95));
    figures.note(readings('posting.experienceLevel', outcome, 2, value));
    expect(incidents()).toEqual([]);
    await rig.clock.advance(dayMs);
    figures.note(readings('posting.experienceLevel', outcome, 30, value));
    const since = rig.clock.now();
    expect(incidents()).toMatchObject([
      { field: 'posting.experienceLevel', change, since, ...(example && { example }) },
    ]);
    expect(days()).toMatchObject([
      { day: '2026-01-06', seen: 30 },
      { day: '2026-01-05', seen: 97 },
    ]);
    // What is so for a long time does not become usual while it is an incident.
    for (let day = 0; day < 20; day += 1) {
      await rig.clock.advance(dayMs);
      figures.note(readings('posting.experienceLevel', outcome, 30, value));
    }
    expect(incidents()).toMatchObject([{ since }]);
    await rig.clock.advance(dayMs);
    figures.note(readings('posting.experienceLevel', 'read', 30));
    expect(incidents()).toEqual([]);
    expect(rig.told()).toEqual([['fieldIncidents'], ['fieldIncidents']]);
  },
);

it('10.15 what was always null is no incident, nor are a few', () => {
  using rig = open();
  rig.sentinel.figures.note(readings('posting.engagement', 'null', 500));
  rig.sentinel.figures.note(readings('posting.title', 'unreadable', 5, 7));
  expect(rig.sentinel.incidents()).toEqual([]);
});
