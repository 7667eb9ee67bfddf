import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { openDatabase } from '../../../../src/services/database/open.ts';
import { aPosting } from '../../../support/posting.ts';
import { retentionMs, scrubbed, setUp } from './set-up.ts';

/** A word that stands nowhere else, also as the full-text index folds it, and in every field that holds text of Upwork's. */
const planted = 'Xyzzyplugh';
const plantedPosting = (number: number) =>
  aPosting(number, {
    title: `${planted} title`,
    description: `${planted} `.repeat(400),
    skills: [planted],
    questions: [{ position: 0, text: planted, required: true }],
    categoryLabel: planted,
    subcategoryId: planted,
    client: { externalId: planted, city: planted, timeZone: planted, memberSince: planted, country: 'CA' },
    raw: JSON.stringify({ [planted]: planted.repeat(500) }),
  });

function isInFiles(path: string): boolean {
  return [path, `${path}-wal`, `${path}-shm`]
    .filter(existsSync)
    .some((file) => readFileSync(file).toString('latin1').toLowerCase().includes(planted.toLowerCase()));
}

it('deletes content from tables, full-text index, free pages and write-ahead log once its time is over', async () => {
  using app = setUp();
  for (let from = 0; from < 600; from += 200)
    app.add(
      Array.from({ length: 200 }, (_, index) => plantedPosting(from + index)),
      { keywords: [planted] },
    );
  expect(isInFiles(app.db.path)).toBe(true);
  await app.clock.advance(retentionMs - 1);
  expect(app.jobs.purgeExpired()).toBe(0);
  app.add([aPosting(9_999)]);
  await app.clock.advance(1);
  expect(app.jobs.purgeExpired()).toBe(600);
  expect(scrubbed(app)).toBe('done');
  expect(isInFiles(app.db.path)).toBe(false);
  expect(app.jobs.purgeExpired()).toBe(0);
  expect(() => app.db.sql.exec("INSERT INTO jobs_fts (jobs_fts, rank) VALUES ('integrity-check', 1)")).not.toThrow();
});

it('keeps ids, hash, times, decisions and notes, and nothing else', async () => {
  using app = setUp();
  const [job] = app.add(
    [aPosting(1, { renewedAt: new Date('2026-10-01T10:00:00Z'), connectsRequired: 3, hires: 1, invitesSent: 2 })],
    { skills: ['React'] },
  );
  app.jobs.update({ jobId: job?.id ?? '', triage: 'SHORTLISTED', notes: 'Mine', tags: ['own'] });
  const read = () => app.db.sql.prepare('SELECT * FROM jobs').get() as Record<string, unknown>;
  const before = read();
  await app.clock.advance(retentionMs);
  app.jobs.purgeExpired();
  const after = read();
  const kept = [
    'seq',
    'id',
    'platform',
    'external_id',
    'ciphertext',
    'matched_at',
    'posted_at',
    'first_seen_at',
    'scanned',
    'updated_at',
    'content_expires_at',
    'applied',
    'triage',
    'content_hash',
    'tags',
    'notes',
  ];
  for (const column of kept) expect([column, after[column]]).toEqual([column, before[column]]);
  const rest = Object.entries(after).filter(([column]) => !kept.includes(column) && column !== 'content_purged_at');
  expect(rest.filter(([, value]) => value !== null && value !== '' && value !== '[]')).toEqual([['state', 'UNKNOWN']]);
  const { id, externalId, url, postedAt, firstSeenAt, updatedAt, contentExpiresAt } = app.jobs.bySeq(1) ?? {};
  expect(app.jobs.bySeq(1)).toEqual({
    ...{ seq: 1, id, externalId, url, postedAt, firstSeenAt, updatedAt, contentExpiresAt },
    ...{ title: '', description: '', skills: [], preferredLocations: [], questions: [], client: {}, state: 'UNKNOWN' },
    ...{ triage: 'SHORTLISTED', notes: 'Mine', tags: ['own'], contentPurged: true },
  });
});

it('finds a purged job by no text and no criteria, but still by id and decision', async () => {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  await app.clock.advance(retentionMs);
  app.jobs.purgeExpired();
  const count = (query: Parameters<typeof app.jobs.count>[0]) => app.jobs.count(query).count;
  expect(count({})).toBe(1);
  expect(count({ filter: { ids: [job?.id ?? ''], triage: ['NEW'] } })).toBe(1);
  for (const query of ['react', '-absent']) expect(count({ query })).toBe(0);
  for (const criteria of [
    { excludedKeywords: ['absent'] },
    { jobTypes: ['HOURLY'] as const },
    { minimumMatchScore: 1 },
  ]) {
    expect(count({ filter: { criteria } })).toBe(0);
    expect(app.jobs.passes(job?.id ?? '', { criteria })).toBe(false);
    expect(app.jobs.countMatching(criteria).count).toBe(0);
  }
  expect(app.explain({ criteria: {} })).toEqual([]);
  expect(app.jobs.highlights(app.jobs.bySeq(1) as NonNullable<typeof job>, 'react')).toEqual([]);
});

it('never takes a purged job for new, nor fills it in again', async () => {
  using app = setUp();
  app.add([aPosting(1)]);
  await app.clock.advance(retentionMs);
  app.jobs.purgeExpired();
  const purged = app.jobs.bySeq(1);
  const [outcome] = app.intake.store([aPosting(1, { title: 'Edited' })], { skills: ['React'] }).outcomes;
  expect(outcome).toMatchObject({ seq: 1, outcome: 'duplicate', droppedBy: [], changed: [], meetsCriteria: false });
  expect(app.jobs.bySeq(1)).toEqual(purged);
  app.add([aPosting(2)], { keywords: ['absent'] });
  await app.clock.advance(retentionMs);
  app.jobs.purgeExpired();
  expect(app.intake.store([aPosting(2)], {}).outcomes[0]).toMatchObject({ seq: 2, outcome: 'duplicate' });
  expect(app.intake.store([aPosting(2)], undefined).outcomes[0]).toMatchObject({ seq: 2, outcome: 'duplicate' });
  app.intake.store([aPosting(1, { applied: true })], undefined);
  expect(app.jobs.bySeq(1)).toEqual({ ...purged, triage: 'APPLIED' });
});

it('does not start the clock again when a posting is read or edited again', async () => {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  await app.clock.advance(retentionMs / 2);
  app.add([aPosting(1, { title: 'Edited' })]);
  expect(app.jobs.bySeq(1)?.contentExpiresAt).toEqual(job?.contentExpiresAt);
  await app.clock.advance(retentionMs / 2);
  expect(app.jobs.purgeExpired()).toBe(1);
});

it('holds a shorter retention against what is stored already, and no longer one', () => {
  using app = setUp();
  const [job] = app.add([aPosting(1)]);
  const firstSeen = job?.firstSeenAt.getTime() ?? 0;
  const expiryUnder = (retention: number) => {
    using other = setUp({ db: app.db, retentionMs: retention });
    return other.jobs.bySeq(1)?.contentExpiresAt?.getTime();
  };
  expect(expiryUnder(retentionMs * 2)).toBe(firstSeen + retentionMs);
  expect(expiryUnder(retentionMs / 2)).toBe(firstSeen + retentionMs / 2);
});

it('empties at most 500 postings in one transaction', async () => {
  using app = setUp();
  app.add(Array.from({ length: 501 }, (_, number) => aPosting(number)));
  await app.clock.advance(retentionMs);
  expect([app.retention.purgeBatch(), app.retention.purgeBatch(), app.retention.purgeBatch()]).toEqual([500, 1, 0]);
});

it('says when a reader keeps the log from being cut, without waiting for it', () => {
  using app = setUp();
  app.add([aPosting(1)]);
  const reader = openDatabase({ path: app.db.path, clock: app.clock, random: systemRandom });
  reader.sql.exec('BEGIN; SELECT count(*) FROM jobs');
  app.add([aPosting(2)]);
  expect(scrubbed(app)).toBe('busy');
  reader.sql.exec('COMMIT');
  expect(scrubbed(app)).toBe('done');
  expect(statSync(`${app.db.path}-wal`).size).toBe(0);
  reader.close();
});

it('deletes everything on demand, without a trace in the files', () => {
  using app = setUp();
  app.add(Array.from({ length: 501 }, (_, number) => plantedPosting(number)));
  app.db.sql.exec("INSERT INTO scan_jobs (scan_seq, job_seq, outcome) VALUES (1, 1, 'new')");
  expect(app.jobs.purgeAll()).toBe(501);
  expect(scrubbed(app)).toBe('done');
  expect(isInFiles(app.db.path)).toBe(false);
  expect(
    app.db.sql.prepare('SELECT (SELECT count(*) FROM jobs), (SELECT count(*) FROM scan_jobs)').raw().get(),
  ).toEqual([0, 0]);
  expect(app.add([aPosting(1)])[0]?.seq).toBe(502);
});
