import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { systemRandom } from '../../../src/random.ts';
import { openDatabase } from '../../../src/services/database/open.ts';
import { startApp } from '../../support/app.ts';

const yaml = `platforms:
  upwork:
    scan_interval: '1h'
    max_results_per_scan: 50
    maximum_proposals: 5   # few
`;

it('tries filters out and explains jobs without asking Upwork and without changing a row of what is stored', async () => {
  await using app = await startApp({ yaml, connected: true, sandbox: { backlog: 40 } });
  const path = join(app.home, 'prospector.db');
  const db = openDatabase({ path, clock: systemClock, random: systemRandom });
  const rows = () =>
    ['jobs', 'scans', 'scan_jobs', 'saved_searches', 'events', 'preferences_state'].map((table) =>
      db.sql.prepare(`SELECT * FROM ${table}`).all(),
    );
  try {
    const before = { rows: rows(), asked: app.sandbox.control.journal().length };
    const { previewSearch } = await app.data(`{ previewSearch(criteria: {maximumProposals: 5}) {
      since matches matchesPerDay funnel { name output reasons { samples { id } } } suggestions { estimatedGain patch } } }`);
    const stored = before.rows[0]?.length;
    expect(previewSearch.funnel.map(({ name }: { name: string }) => name)).toEqual([
      'stored',
      'maximumProposals',
      'matched',
    ]);
    expect(previewSearch.funnel[0].output).toBe(stored);
    const [{ patch, estimatedGain }] = previewSearch.suggestions;
    const { previewSearch: after } = await app.data(
      'query ($criteria: JobCriteriaInput) { previewSearch(criteria: $criteria) { matches } }',
      { criteria: { maximumProposals: 5, ...patch } },
    );
    expect(after.matches - previewSearch.matches).toBe(estimatedGain);

    const dropped = previewSearch.funnel[1].reasons[0].samples[0].id;
    const { whyNot } = await app.data('query ($id: ID!) { whyNot(jobId: $id) { verdict suggestions { patch } } }', {
      id: dropped,
    });
    expect(whyNot.verdict).toBe('ALL_FILTERED');
    expect(rows()).toEqual(before.rows);
    expect(app.sandbox.control.journal()).toHaveLength(before.asked);

    await app.data(
      'mutation ($criteria: JobCriteriaInput) { updateScanPreferences(input: {criteria: $criteria}) { errors { code } } }',
      { criteria: whyNot.suggestions[0].patch },
    );
    const { whyNot: now } = await app.data('query ($id: ID!) { whyNot(jobId: $id) { verdict } }', { id: dropped });
    expect(now.verdict).toBe('HEALTHY');
  } finally {
    db.close();
  }
});

it('puts an edited export in force, comments of the file kept, and scores and nets by what it says', async () => {
  await using app = await startApp({ yaml, connected: true, sandbox: { backlog: 5 } });
  const { exportConfiguration } = await app.data('{ exportConfiguration }');
  expect(exportConfiguration).toContain('    maximum_proposals: 5\n');
  const edited = exportConfiguration
    .replace('service_fee: 10', 'service_fee: 25')
    .replace('maximum_proposals: 5', 'maximum_proposals: 7')
    .replace('searches: []', 'searches:\n  - name: Anything\n    query: app\n');
  const document = `mutation ($input: ImportConfigurationInput!) { importConfiguration(input: $input) {
    changes { path before after } applied errors { message } } }`;
  const changes = [
    { path: 'platforms.upwork.service_fee', before: 10, after: 25 },
    { path: 'platforms.upwork.maximum_proposals', before: 5, after: 7 },
    expect.objectContaining({ path: 'searches.Anything', before: null }),
  ];
  const plan = await app.data(document, { input: { yaml: edited } });
  expect(plan.importConfiguration).toEqual({ changes, applied: false, errors: [] });
  const done = await app.data(document, { input: { yaml: edited, dryRun: false } });
  expect(done.importConfiguration).toEqual({ changes, applied: true, errors: [] });
  expect(readFileSync(join(app.home, 'prospector.yaml'), 'utf8')).toBe(
    `${yaml.replace('proposals: 5', 'proposals: 7')}    service_fee: 25\n`,
  );
  const again = await app.data(document, { input: { yaml: edited, dryRun: false } });
  expect(again.importConfiguration).toEqual({ changes: [], applied: true, errors: [] });

  const { savedSearches, scanPreferences, jobs } = await app.data(
    '{ savedSearches { nodes { name query } } scanPreferences { serviceFee scoreWeights { skills } } jobs(first: 1) { nodes { id } } }',
  );
  expect([savedSearches.nodes, scanPreferences]).toEqual([
    [{ name: 'Anything', query: 'app' }],
    { serviceFee: '25', scoreWeights: { skills: 30 } },
  ]);
  const { createProposalDraft } = await app.data(
    `mutation ($id: ID!) { createProposalDraft(input: {jobId: $id, coverLetter: "Hello", terms: {rate: "100"}}) {
      proposal { terms { netRate { amount } } } errors { message } } }`,
    { id: jobs.nodes[0].id },
  );
  expect(createProposalDraft).toEqual({ proposal: { terms: { netRate: { amount: '75' } } }, errors: [] });
});
