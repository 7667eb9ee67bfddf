import { expect, it } from 'vitest';
import { type App, startApp } from '../../support/app.ts';

const told = `{ platformStatus {
  lostFields { path figures criteria savedSearches { name } } fieldIncidents { field change example }
  fieldDays { field seen }
} system { checks { name state message } } }`;

async function check(app: App) {
  const { platformStatus, system } = await app.data(told);
  return { ...platformStatus, check: system.checks.find(({ name }: { name: string }) => name === 'platformData') };
}

it('10.15 scans go on when Upwork drops a field, and the loss is said: figures, criteria, saved searches, since when', async () => {
  await using app = await startApp({ connected: true });
  await app.data(
    `mutation { createSavedSearch(input: { name: "Rich", criteria: { clientSpend: { min: "1000" } } }) {
      errors { message } } }`,
  );
  expect((await check(app)).check).toMatchObject({ state: 'UP' });
  app.sandbox.control.set({ withoutFields: ['MarketplaceJobPostingSearchClientInfo.totalSpent'] });
  app.sandbox.control.post({ title: 'A zebra' });
  expect(await app.scan()).toMatchObject({ status: 'SUCCEEDED', counts: { new: 1 } });
  const { lostFields, check: health } = await check(app);
  expect(lostFields).toEqual([
    {
      path: 'marketplaceJobPostingsSearch.edges.node.client.totalSpent',
      figures: ['client.totalSpent'],
      criteria: ['clientSpend'],
      savedSearches: [{ name: 'Rich' }],
    },
  ]);
  expect(health).toMatchObject({ state: 'DEGRADED', message: expect.stringContaining('client.totalSpent') });
});

it('10.15 one can connect while Upwork has no companySelector', async () => {
  await using app = await startApp();
  app.sandbox.control.set({ withoutFields: ['Query.companySelector'] });
  await app.connect();
  const { platformStatus } = await app.data('{ platformStatus { status } }');
  expect(platformStatus).toEqual({ status: 'CONNECTED' });
});

it('10.15 a country that is no longer known is counted and becomes an incident', async () => {
  await using app = await startApp({ connected: true });
  app.sandbox.control.burst(30, { client: { country: 'Atlantis 12' } });
  await app.scan();
  const { fieldIncidents, fieldDays } = await check(app);
  expect(fieldDays).toContainEqual({ field: 'posting.client.location.country', seen: 30 });
  expect(fieldIncidents).toEqual([
    { field: 'posting.client.location.country', change: 'UNKNOWN', example: '"Aaaaaaaa 99"' },
  ]);
});
