import { expect, it } from 'vitest';
import { startApp } from '../../support/app.ts';

const yaml = "platforms:\n  upwork:\n    keywords: ['GraphQL']\n    scan_interval: '1h'\n    requests_per_day: 100\n";
const plan =
  'interval effectiveInterval estimatedRequestsPerDay expectedLatency requestPlan { purpose expected share most }';
const kept = [
  { purpose: 'DETAIL', expected: 0, share: 1, most: 31 },
  { purpose: 'PROPOSALS', expected: 0, share: 5, most: 35 },
  { purpose: 'CONTRACTS', expected: 0, share: 2, most: 32 },
  { purpose: 'IDENTITY', expected: 0, share: 2, most: 32 },
  { purpose: 'DIAGNOSIS', expected: 0, share: 0, most: 30 },
];

it('10.18 10.17 the planner answers for what is asked, before anything is saved', async () => {
  await using app = await startApp({ yaml });
  const ask = async (input: object) =>
    (
      await app.data(
        `mutation ($input: UpdateScanPreferencesInput!) { updateScanPreferences(input: $input) { errors { message } scanPreferences { ${plan} } } }`,
        { input: { dryRun: true, ...input } },
      )
    ).updateScanPreferences;
  const inForce = async () => (await app.data(`{ scanPreferences { version ${plan} } }`)).scanPreferences;
  const before = await inForce();
  expect(before).toMatchObject({ interval: 'PT1H', effectiveInterval: 'PT1H', estimatedRequestsPerDay: 24 });
  expect(await ask({ interval: 'PT30M' })).toEqual({
    errors: [],
    scanPreferences: {
      interval: 'PT30M',
      effectiveInterval: 'PT30M',
      estimatedRequestsPerDay: 48,
      expectedLatency: 'PT15M0.5S',
      requestPlan: [{ purpose: 'SCAN', expected: 48, share: 60, most: 90 }, ...kept],
    },
  });
  // Ninety requests of the hundred are scanning's at most: every five minutes is more than that.
  expect((await ask({ interval: 'PT5M' })).scanPreferences).toMatchObject({
    interval: 'PT5M',
    effectiveInterval: 'PT16M',
    estimatedRequestsPerDay: 90,
    requestPlan: [{ purpose: 'SCAN', expected: 90, share: 60, most: 90 }, ...kept],
  });
  expect((await ask({ interval: 'PT5M', requestsPerDay: 1_000 })).scanPreferences).toMatchObject({
    effectiveInterval: 'PT5M',
    estimatedRequestsPerDay: 288,
  });
  expect((await ask({ enabled: false })).scanPreferences).toMatchObject({ estimatedRequestsPerDay: 0 });
  expect(await inForce()).toEqual(before);
});
