import { expect, it } from 'vitest';
import { hour, minute, setUp } from './rig.ts';

const day = 24 * hour;

/** How far `measured` is from `promised`, as a share of it. */
const deviation = (measured: number, promised: number) => Math.abs(measured - promised) / promised;

it.each([
  { name: 'one search a scan, every quarter of an hour', preferences: { intervalMs: 15 * minute } },
  {
    name: 'two searches a scan, at night none',
    preferences: {
      intervalMs: 20 * minute,
      quietHours: { start: '22:00', end: '06:00', timeZone: 'Europe/Berlin' },
      criteria: { jobTypes: ['HOURLY' as const], experienceLevels: ['ENTRY' as const, 'EXPERT' as const] },
    },
  },
])(
  'promises requests a day and a latency that are then measured within 5 percent: $name',
  async ({ preferences }) => {
    await using app = setUp({ preferences: { maxResultsPerScan: 200, ...preferences } });
    app.scanner.start();
    let number = 0;
    /** Postings about every minute, never in step with the scans. */
    const live = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 61_000) {
        app.upwork.post(number++, { type: 'HOURLY', experienceLevel: number % 2 ? 'ENTRY' : 'EXPERT' });
        if (app.upwork.postings.length > 2_000) app.upwork.postings.length = 1_000;
        await app.clock.advance(61_000);
      }
    };
    await live(2 * day);
    const promised = { requests: app.scanner.plan().requestsPerDay, latencyMs: app.scanner.plan().latencyMs };
    const before = app.upwork.asked.length;
    await live(2 * day);
    const measured = (app.upwork.asked.length - before) / 2;
    expect(deviation(measured, promised.requests)).toBeLessThan(0.05);
    const { p50Ms, sampleSize } = app.scanner.scanLatency({ since: new Date(app.clock.now().getTime() - day) });
    expect(sampleSize).toBeGreaterThan(500);
    if (!('quietHours' in preferences)) expect(deviation(p50Ms ?? 0, promised.latencyMs)).toBeLessThan(0.05);
  },
  120_000,
);
