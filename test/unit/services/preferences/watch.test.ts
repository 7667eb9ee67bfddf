import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openPreferences, section } from './rig.ts';

/** Preferences whose file is watched, and every interval that was told. */
function watched(yaml?: string) {
  const world = openPreferences(yaml);
  const told: number[] = [];
  world.preferences.onChange(({ intervalMs }) => told.push(intervalMs));
  const stop = world.preferences.watch();
  return {
    ...world,
    told,
    stop,
    [Symbol.dispose]: () => {
      stop();
      world[Symbol.dispose]();
    },
  };
}

it('Prospector picks up a change on disk, once for what is written in several steps, without being asked', async () => {
  using world = watched(section('scan_interval: 1h'));
  world.write(section('scan_interval: 2h'));
  world.write(section('scan_interval: 3h'));
  // The folder's notice arms a timer; the one that looks every five seconds is the other.
  await expect.poll(() => world.clock.pending(), { timeout: 10_000 }).toBe(2);
  expect(world.preferences.current().intervalMs).toBe(3_600_000);
  // A notice that comes late begins the wait anew.
  const settled = async () => {
    await world.clock.advance(200);
    return world.preferences.current();
  };
  await expect.poll(settled, { timeout: 10_000 }).toMatchObject({ intervalMs: 10_800_000, version: 2 });
  expect(world.told).toEqual([10_800_000]);
});

it('Prospector sees a file that is replaced, made or removed, also where the system sends no notice', async () => {
  using world = watched();
  const next = `${world.file}.new`;
  writeFileSync(next, section('scan_interval: 2h'));
  renameSync(next, world.file);
  await world.clock.advance(20_000);
  expect(world.preferences.current().intervalMs).toBe(7_200_000);
  rmSync(world.file);
  await world.clock.advance(20_000);
  expect(world.preferences.current().intervalMs).toBe(1_800_000);
  expect(world.told).toEqual([7_200_000, 1_800_000]);
});

it('Prospector keeps what was in force while the file is wrong, over a restart too, and says why, once', async () => {
  using world = watched(section('scan_interval: 1h', 'keywords: [react]'));
  const before = world.preferences.current();
  world.write(section('scan_interval: 1h', 'keywrds: [react]'));
  await world.clock.advance(20_000);
  expect(world.preferences.current()).toEqual(before);
  const problem = `${world.file}:4: keywrds: there is no such key. Did you mean keywords?`;
  expect(world.preferences.problems()).toEqual([problem]);
  world.write(`${section('scan_interval: 1h', 'keywrds: [react]')}# still wrong\n`);
  await world.clock.advance(20_000);
  expect(world.logged.filter((line) => JSON.parse(line).level >= 40)).toHaveLength(1);
  expect(world.logged.join('')).toContain('keywrds');
  expect(world.open().current()).toEqual(before);
  world.write(section('scan_interval: 1h', 'keywords: [react, vue]'));
  await world.clock.advance(20_000);
  expect(world.preferences.current()).toMatchObject({ version: 2, criteria: { keywords: ['react', 'vue'] } });
  expect(world.preferences.problems()).toEqual([]);
  expect(world.told).toEqual([3_600_000]);
});

it('Prospector scans nothing while the first file it ever saw is wrong, and begins when it is mended', async () => {
  using world = watched(section('scan_interval: soon'));
  expect(world.preferences.current()).toMatchObject({ enabled: false, version: 0 });
  world.write(section('scan_interval: 1h'));
  await world.clock.advance(20_000);
  expect(world.preferences.current()).toMatchObject({ enabled: true, version: 1, intervalMs: 3_600_000 });
  expect(world.told).toEqual([3_600_000]);
});

it('Prospector tells of a change from GraphQL once, though the file changes with it, and of a mere comment never', async () => {
  using world = watched(section('scan_interval: 1h'));
  world.preferences.update({ intervalMs: 7_200_000 }, { dryRun: false });
  expect(world.told).toEqual([7_200_000]);
  await world.clock.advance(20_000);
  world.write(`# a comment\n${world.read()}`);
  await world.clock.advance(20_000);
  expect(world.told).toEqual([7_200_000]);
  const stopTelling = world.preferences.onChange(() => world.told.push(0));
  stopTelling();
  world.preferences.update({ intervalMs: 60_000 }, { dryRun: false });
  expect(world.told).toEqual([7_200_000, 60_000]);
});

it('Prospector watches no more once it is told to stop', async () => {
  using world = watched(section('scan_interval: 1h'));
  world.stop();
  expect(world.clock.pending()).toBe(0);
  world.write(section('scan_interval: 2h'));
  await world.clock.advance(60_000);
  expect(world.preferences.current().intervalMs).toBe(3_600_000);
});

it('Prospector shares versions between processes on one database', () => {
  using world = openPreferences(section('scan_interval: 1h'));
  const other = world.open();
  expect(other.current().version).toBe(1);
  world.preferences.update({ intervalMs: 7_200_000 }, { dryRun: false });
  const told: number[] = [];
  other.onChange(({ version }) => told.push(version));
  expect(other.update({}, { expectedVersion: 2, dryRun: false })).toMatchObject({ version: 2, intervalMs: 7_200_000 });
  expect(told).toEqual([2]);
});
