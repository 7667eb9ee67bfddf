import { expect, it } from 'vitest';
import { isQuiet, quietEnd, wakingShare } from '../../../../src/services/scanner/schedule/quiet-hours.ts';

const minute = 60_000;
const day = 1_440 * minute;
/** With and without summer time, half and quarter hours, both hemispheres, the date line. */
const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Apia',
  'Pacific/Chatham',
];

/** Hour and minute on the wall, by another way than the one under test. */
function wall(instant: Date, timeZone: string): string {
  const text = instant.toLocaleString('sv-SE', { timeZone });
  return text.slice(11, 16);
}

it.each(zones)('keeps quiet by the wall clock of %s through ten years of its summer times', (timeZone) => {
  const quiet = { start: '22:15', end: '06:45', timeZone };
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2036, 0, 1); at += 23 * day + 97 * minute) {
    const instant = new Date(at);
    const time = wall(instant, timeZone);
    const expected = time >= '22:15' || time < '06:45';
    expect([instant.toISOString(), isQuiet(instant, quiet)]).toEqual([instant.toISOString(), expected]);
    if (expected) {
      const end = quietEnd(instant, quiet);
      expect(wall(end, timeZone)).toBe('06:45');
      expect(end.getTime() - at).toBeLessThanOrEqual(9.5 * 60 * minute);
    } else expect(quietEnd(instant, quiet)).toEqual(instant);
  }
});

it('ends quiet hours once on the days on which the clock is changed', () => {
  const ends = (timeZone: string, from: string, quiet: { start: string; end: string }) => {
    const found: string[] = [];
    for (let at = Date.parse(from); at < Date.parse(from) + day; at += minute) {
      const before = isQuiet(new Date(at - minute), { ...quiet, timeZone });
      if (before && !isQuiet(new Date(at), { ...quiet, timeZone }))
        found.push(new Date(at).toISOString().slice(11, 16));
    }
    return found;
  };
  // Forward by half an hour at 02:00 on Lord Howe: 15:30 UTC is 02:30 there.
  expect(ends('Australia/Lord_Howe', '2026-10-03T12:00:00Z', { start: '01:00', end: '02:15' })).toEqual(['15:30']);
  expect(ends('Australia/Lord_Howe', '2026-10-04T12:00:00Z', { start: '01:00', end: '02:15' })).toEqual(['15:15']);
  // Forward at 02:00 in Berlin, where 02:30 is not on that day.
  expect(ends('Europe/Berlin', '2026-03-28T12:00:00Z', { start: '23:00', end: '02:30' })).toEqual(['01:00']);
  expect(ends('Europe/Berlin', '2026-03-29T12:00:00Z', { start: '23:00', end: '02:30' })).toEqual(['00:30']);
});

it('takes an end before the start as the next morning, and equal ones as no quiet hours', () => {
  const at = (time: string) => new Date(`2026-06-01T${time}:00Z`);
  const quiet = (start: string, end: string) => ({ start, end, timeZone: 'UTC' });
  expect(['08:59', '09:00', '16:59', '17:00'].map((time) => isQuiet(at(time), quiet('09:00', '17:00')))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(['21:59', '22:00', '05:59', '06:00'].map((time) => isQuiet(at(time), quiet('22:00', '06:00')))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isQuiet(at('12:00'), quiet('12:00', '12:00'))).toBe(false);
  expect(
    [quiet('09:00', '15:00'), quiet('21:00', '09:00'), quiet('12:00', '12:00'), undefined].map(wakingShare),
  ).toEqual([0.75, 0.5, 1, 1]);
});
