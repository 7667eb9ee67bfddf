import { expect, it } from 'vitest';
import { UpworkError } from '../../../src/services/upwork/model.ts';
import { hour, setUp } from './rig.ts';

const criteria = { experienceLevels: ['EXPERT' as const], jobTypes: ['FIXED_PRICE' as const], skills: ['Fortran'] };

it('finds out which criterion leaves Upwork empty, and writes that it did no more than three small requests', async () => {
  await using app = setUp({ preferences: { criteria } });
  app.list(3, () => ({ experienceLevel: 'ENTRY', type: 'FIXED_PRICE' }));
  const scan = await app.scan();
  expect(app.upwork.asked.map(({ purpose, first, search }) => [purpose, first, search])).toEqual([
    ['SCAN', 50, { expression: 'Fortran', jobType: 'FIXED', experienceLevel: 'EXPERT' }],
    ['DIAGNOSIS', 10, { jobType: 'FIXED', experienceLevel: 'EXPERT' }],
    ['DIAGNOSIS', 10, { expression: 'Fortran', jobType: 'FIXED' }],
    ['DIAGNOSIS', 10, { expression: 'Fortran', experienceLevel: 'EXPERT' }],
  ]);
  expect(app.scanner.diagnosis(scan.id)).toMatchObject({
    verdict: 'UPSTREAM_EMPTY',
    suggestions: [
      {
        message: 'Upwork has 3 postings or more where `experienceLevels` is left out: it alone leaves none.',
        patch: { experienceLevels: null },
      },
    ],
  });
});

it('asks for the reason of the same emptiness once a day', async () => {
  await using app = setUp({ preferences: { criteria } });
  app.list(3, () => ({ experienceLevel: 'ENTRY', type: 'FIXED_PRICE' }));
  const probes = () => app.upwork.asked.filter(({ purpose }) => purpose === 'DIAGNOSIS').length;
  const first = await app.scan();
  const second = await app.scan();
  expect(probes()).toBe(3);
  expect(app.scanner.diagnosis(second.id)?.suggestions).toEqual(app.scanner.diagnosis(first.id)?.suggestions);
  app.preferences.change({ criteria: { ...criteria, skills: [] } });
  await app.scan();
  expect(probes()).toBe(5);
  await app.clock.advance(13 * hour);
  await app.scan();
  expect(probes()).toBe(7);
});

it('asks for no reason when the requests of the day run low, and is not harmed when asking fails', async () => {
  await using app = setUp({ preferences: { criteria, requestsPerDay: 20 } });
  for (let count = 0; count < 17; count += 1) {
    await app.budget.take('SCAN');
    await app.clock.advance(1_000);
  }
  const poor = await app.scan();
  expect(app.upwork.asked).toHaveLength(1);
  app.preferences.change({ requestsPerDay: 500 });
  app.upwork.answer = (request, page) => {
    if (request > 2) throw new UpworkError('timeout', 'Too late.');
    return page;
  };
  const failing = await app.scan();
  for (const { id, status } of [poor, failing]) {
    expect(status).toBe('SUCCEEDED');
    expect(app.scanner.diagnosis(id)).toMatchObject({ verdict: 'UPSTREAM_EMPTY', suggestions: [] });
  }
});
