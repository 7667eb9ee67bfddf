import pino from 'pino';
import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { createJobs } from '../../../../src/services/jobs/jobs.ts';
import { startRescoring } from '../../../../src/services/upkeep/start-rescoring.ts';
import { aPosting } from '../../../support/posting.ts';
import { openPreferences, section } from '../preferences/rig.ts';

/** Stored jobs, scored by the preferences of a real file. */
function rig(count = 1) {
  const world = openPreferences(section("skills: ['React']"));
  const { db, clock } = world;
  const { preferences } = world;
  const scoreWeights = () => preferences.current().scoreWeights;
  const { jobs, intake, scoring } = createJobs({
    db,
    clock,
    random: systemRandom,
    retentionMs: 86_400_000,
    scoreWeights,
  });
  const { outcomes } = db.transaction(() =>
    intake.store(
      Array.from({ length: count }, (_, at) => aPosting(at + 1)),
      preferences.current().criteria,
    ),
  );
  const score = (at = 0) => jobs.byId(outcomes.at(at)?.jobId ?? '')?.score;
  const start = (again = preferences) =>
    startRescoring({ preferences: again, scoring, log: pino({ level: 'silent' }) });
  const points = () => score()?.factors.find(({ name }) => name === 'skills')?.points;
  return { world, preferences, scoring, score, points, start, [Symbol.dispose]: () => world[Symbol.dispose]() };
}

it('scores stored jobs anew when criteria or weights change, and not for anything else', async () => {
  using app = rig();
  const stop = app.start();
  expect(app.points()).toBe(30);
  await app.world.clock.advance(60_000);
  const before = app.score();
  app.preferences.update({ intervalMs: 3_600_000 }, { dryRun: false });
  await app.world.clock.advance(0);
  expect(app.score()).toEqual(before);
  app.preferences.update(
    { scoreWeights: { skills: 70, budget: 0, client: 0, competition: 0, timing: 30 } },
    { dryRun: false },
  );
  await expect.poll(app.points).toBe(70);
  app.preferences.update({ criteria: { skills: ['Rust'] } }, { dryRun: false });
  await expect.poll(app.points).toBe(0);
  expect(app.score()?.computedAt).toEqual(app.world.clock.now());
  await stop();
});

it('scores at the start what was scored before the preferences were changed', async () => {
  using app = rig();
  await app.world.clock.advance(60_000);
  await app.start()();
  expect(app.points()).toBe(30);
  app.world.write(section("skills: ['Rust']"));
  const stop = app.start(app.world.open());
  await expect.poll(app.points).toBe(0);
  await stop();
});

it('ends between two slices when it is stopped, and writes nothing after that', async () => {
  using app = rig(501);
  const last = app.score(-1);
  await app.world.clock.advance(60_000);
  const stop = app.start();
  app.preferences.update({ criteria: { skills: ['Rust'] } }, { dryRun: false });
  // The first slice is done at once, in the microtask after the change.
  await Promise.resolve();
  await stop();
  expect(app.points()).toBe(0);
  expect(app.score(-1)).toEqual(last);
  app.preferences.update({ criteria: { skills: ['Vue'] } }, { dryRun: false });
  await app.world.clock.advance(0);
  expect(app.score(-1)).toEqual(last);
});
