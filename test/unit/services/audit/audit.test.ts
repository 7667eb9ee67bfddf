import { expect, it } from 'vitest';
import { chainedHash } from '../../../../src/services/audit/chain.ts';
import { auditKeptMs } from '../../../../src/services/audit/trim.ts';
import { createTrail, entry } from './rig.ts';

const day = 86_400_000;

it('writes down each change of a retention beyond 24 h once, and its end', async () => {
  using rig = await createTrail();
  for (const retentionMs of [day, 2 * day, 2 * day, 7 * day, day, day]) rig.start(retentionMs)();
  const rows = rig.db.sql.prepare('SELECT action, outcome, details FROM audit_entries ORDER BY seq').all();
  expect(rows).toEqual([
    { action: 'retention.set', outcome: 'acknowledged', details: `{"retentionMs":${2 * day}}` },
    { action: 'retention.set', outcome: 'acknowledged', details: `{"retentionMs":${7 * day}}` },
    { action: 'retention.set', outcome: 'within the terms', details: `{"retentionMs":${day}}` },
  ]);
});

it('gives back what was written, newest first, by action, actor, subject and time', async () => {
  using rig = await createTrail();
  const first = rig.trail.record(entry({ details: { given: ['triage'], dryRun: false } }));
  await rig.clock.advance(1_000);
  const second = rig.trail.record(entry({ action: 'token.created', subjectId: 'tok_1' }));
  const { requestId: _none, ...asked } = entry({ actor: { kind: 'PLATFORM', name: 'Upwork' } });
  const third = rig.trail.record(asked);
  const list = (filter: Parameters<typeof rig.trail.list>[0]) =>
    rig.trail.list(filter, {}).edges.map(({ node }) => node);
  expect(list({})).toEqual([third, second, first]);
  expect(list({ actions: ['token.created'] })).toEqual([second]);
  expect(list({ actors: ['PLATFORM'] })).toEqual([third]);
  expect(list({ subjectId: 'job_1', occurredAt: { lt: second.occurredAt } })).toEqual([first]);
  expect(rig.trail.count({ actors: ['API_TOKEN'] })).toBe(2);
  expect(rig.trail.byId(first.id)).toEqual(first);
  expect(third).not.toHaveProperty('requestId');
});

it('refuses to change or delete an entry, whoever asks the database', async () => {
  using rig = await createTrail();
  rig.fill('one', 'two');
  expect(() => rig.db.sql.exec("UPDATE audit_entries SET outcome = 'x'")).toThrow('appended to, never changed');
  expect(() => rig.db.sql.exec('DELETE FROM audit_entries WHERE seq = 2')).toThrow('signed checkpoint');
  expect(await rig.trail.verify()).toEqual({ entries: 2 });
});

const insertThird = `INSERT INTO audit_entries
  SELECT 4, 'audit_x', occurred_at, actor_kind, actor_name, action, outcome, details, hash, subject_id, request_id
  FROM audit_entries WHERE seq = 3`;
const swap = `UPDATE audit_entries SET seq = 9 WHERE seq = 2; UPDATE audit_entries SET seq = 2 WHERE seq = 3;
  UPDATE audit_entries SET seq = 3 WHERE seq = 9`;

it.each([
  ['its outcome was changed', "UPDATE audit_entries SET outcome = 'nothing' WHERE seq = 2", 2],
  ['its subject was changed', "UPDATE audit_entries SET subject_id = 'job_2' WHERE seq = 2", 2],
  ['its subject was taken out', 'UPDATE audit_entries SET subject_id = NULL, request_id = NULL WHERE seq = 2', 2],
  ['an entry was removed', 'DELETE FROM audit_entries WHERE seq = 2', 2],
  ['the first was removed', 'DELETE FROM audit_entries WHERE seq = 1', 1],
  ['the last was removed', 'DELETE FROM audit_entries WHERE seq = 3', 3],
  ['all were removed', 'DELETE FROM audit_entries', 1],
  ['two changed places', swap, 2],
  ['one was inserted at the end', insertThird, 4],
  [
    'one was inserted between two',
    `UPDATE audit_entries SET seq = 5 WHERE seq = 3; ${insertThird.replace('4,', '3,').replace('seq = 3', 'seq = 2')}`,
    3,
  ],
])('names the first broken entry when %s', async (_how, statements, seq) => {
  using rig = await createTrail();
  rig.fill('one', 'two', 'three');
  expect(await rig.trail.verify()).toEqual({ entries: 3 });
  rig.tamper(statements);
  const { broken } = await rig.trail.verify();
  expect(broken?.seq).toBe(seq);
});

it('finds a trail that was written anew, hashes and all, once it has been sealed', async () => {
  using rig = await createTrail();
  rig.fill('one', 'two');
  expect(await rig.seal()).toBe(0);
  const rows = rig.db.sql
    .prepare(
      `SELECT seq, id, occurred_at AS occurredAt, actor_kind AS actorKind, actor_name AS actorName, action, 'nothing' AS outcome,
       details, subject_id AS subjectId, request_id AS requestId FROM audit_entries ORDER BY seq`,
    )
    .all() as (Parameters<typeof chainedHash>[0] & { seq: number })[];
  let before = '';
  const forged = rows.map((row) => {
    before = chainedHash(row, before);
    return `UPDATE audit_entries SET outcome = 'nothing', hash = '${before}' WHERE seq = ${row.seq};`;
  });
  rig.tamper(forged.join('\n'));
  const { broken } = await rig.trail.verify();
  expect(broken).toMatchObject({ seq: 2, problem: expect.stringContaining('written anew') });
});

it('trims what is older than 400 days and stays verifiable from the signed checkpoint on', async () => {
  using rig = await createTrail();
  rig.fill('one', 'two');
  await rig.clock.advance(auditKeptMs + 1_000);
  const [third] = rig.fill('three');
  expect(await rig.seal()).toBe(2);
  expect(rig.trail.list({}, {}).edges.map(({ node }) => node)).toEqual([third]);
  expect(await rig.trail.verify()).toEqual({ entries: 1 });
  rig.fill('four');
  expect(await rig.trail.verify()).toEqual({ entries: 2 });
  expect(await rig.seal()).toBe(0);
});

it('takes no checkpoint that Prospector did not sign, and trims nothing of a broken trail', async () => {
  using rig = await createTrail();
  const entries = rig.fill('one', 'two', 'three');
  await rig.seal();
  const { hash } = rig.db.sql.prepare('SELECT hash FROM audit_entries WHERE seq = 2').get() as { hash: string };
  const forged = JSON.stringify({ seq: 2, hash, signature: '0'.repeat(64) });
  rig.db.sql.prepare("INSERT INTO meta (key, value) VALUES ('audit_start', ?)").run(forged);
  rig.db.sql.exec('DELETE FROM audit_entries WHERE seq <= 2');
  expect((await rig.trail.verify()).broken).toMatchObject({ seq: 0, problem: expect.stringContaining('not signed') });
  await rig.clock.advance(2 * auditKeptMs);
  rig.fill('four');
  expect(await rig.seal()).toBe(0);
  expect(rig.trail.byId(entries[2]?.id ?? '')).toEqual(entries[2]);
});

it('says that a signature could not be checked when its key is gone, and checks the entries all the same', async () => {
  using rig = await createTrail();
  rig.fill('one', 'two');
  await rig.seal();
  await rig.secrets.remove('audit');
  expect(await rig.trail.verify()).toEqual({ entries: 2, unchecked: expect.stringContaining('could not be checked') });
  rig.tamper("UPDATE audit_entries SET outcome = 'nothing' WHERE seq = 2");
  expect((await rig.trail.verify()).broken?.seq).toBe(2);
});

it('leaves nothing behind of a change that was undone', async () => {
  using rig = await createTrail();
  const undone = () =>
    rig.db.transaction(() => {
      rig.trail.record(entry());
      throw new Error('undone');
    });
  expect(undone).toThrow('undone');
  expect(rig.trail.count({})).toBe(0);
  rig.fill('after');
  expect(await rig.trail.verify()).toEqual({ entries: 1 });
});
