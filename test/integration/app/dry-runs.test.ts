import { expect, it } from 'vitest';
import { startApp } from '../../support/app.ts';

it('10.16 dry runs do not stand among the scans unless they are asked for, nor are they the last scan', async () => {
  await using app = await startApp({ connected: true });
  const listed = async (filter?: object) => {
    const { scans } = await app.data(
      'query ($filter: ScanFilter) { scans(first: 10, filter: $filter) { totalCount nodes { id dryRun } } }',
      { filter },
    );
    return scans;
  };
  const lastScan = async () => (await app.data('{ platformStatus { lastScan { id } } }')).platformStatus.lastScan.id;
  const [before, last] = [await listed(), await lastScan()];
  const { runScan } = await app.data(
    'mutation { runScan(input: { dryRun: true }) { scan { id dryRun } errors { message } } }',
  );
  expect(runScan).toEqual({ scan: { id: expect.any(String), dryRun: true }, errors: [] });
  const { id } = runScan.scan;
  await expect
    .poll(async () => (await app.data('query ($id: ID!) { scan(id: $id) { status } }', { id })).scan.status)
    .toBe('SUCCEEDED');
  expect(await listed()).toEqual(before);
  expect(await lastScan()).toBe(last);
  expect(await listed({ dryRuns: true })).toEqual({
    totalCount: before.totalCount + 1,
    nodes: [{ id, dryRun: true }, ...before.nodes],
  });
});
