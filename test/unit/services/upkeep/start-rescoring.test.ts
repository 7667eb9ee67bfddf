import pino from 'pino';
import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { createJobs } from '../../../../src/services/jobs/jobs.ts';
import { startRescoring } from '../../../../src/services/upkeep/start-rescoring.ts';
import { aPosting } from '../../../support/posting.ts';
import { openPreferences, section } from '../preferences/rig.ts';

/** One stored job, scored by the preferences of a real file. */
function rig() {
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
  const { outcomes } = db.transaction(() => intake.store([aPosting(1)], preferences.current().criteria));
  const score = () => jobs.byId(outcomes[0]?.jobId ?? '')?.score;
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

it('writes nothing once it has been stopped', async () => {
  using app = rig();
  const stop = app.start();
  app.preferences.update({ criteria: { skills: ['Rust'] } }, { dryRun: false });
  await stop();
  const before = app.world.db.sql.prepare('SELECT total_changes() AS changes').get();
  await app.world.clock.advance(0);
  expect(app.world.db.sql.prepare('SELECT total_changes() AS changes').get()).toEqual(before);
});
