import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { auditRetention } from '../../../../src/services/audit/audit-retention.ts';
import { createAudit } from '../../../../src/services/audit/create-audit.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

const day = 86_400_000;
const actor = { kind: 'API_TOKEN', name: 'owner' } as const;

it('writes down each change of a retention beyond 24 h once, and its end', () => {
  using db = createTestDatabase();
  const audit = createAudit(db, createTestClock(), systemRandom);
  for (const retentionMs of [day, 2 * day, 2 * day, 7 * day, day, day]) auditRetention(audit, retentionMs);
  const rows = db.sql.prepare('SELECT action, outcome, details FROM audit_entries ORDER BY seq').all();
  expect(rows).toEqual([
    { action: 'retention.set', outcome: 'acknowledged', details: `{"retentionMs":${2 * day}}` },
    { action: 'retention.set', outcome: 'acknowledged', details: `{"retentionMs":${7 * day}}` },
    { action: 'retention.set', outcome: 'within the terms', details: `{"retentionMs":${day}}` },
  ]);
});

it.each([
  ['changed', "UPDATE audit_entries SET outcome = 'nothing' WHERE seq = 2", 2],
  ['taken out', 'DELETE FROM audit_entries WHERE seq = 2', 3],
])('notices an entry that was %s', (_how, statement, broken) => {
  using db = createTestDatabase();
  const audit = createAudit(db, createTestClock(), systemRandom);
  for (const outcome of ['one', 'two', 'three']) audit.record({ actor, action: 'a.b', outcome, details: {} });
  expect(audit.firstBroken()).toBeUndefined();
  const id = db.sql.prepare('SELECT id FROM audit_entries WHERE seq = ?').pluck().get(broken);
  db.sql.exec(statement);
  expect(audit.firstBroken()).toBe(id);
});

it('leaves nothing behind of a change that was undone', () => {
  using db = createTestDatabase();
  const audit = createAudit(db, createTestClock(), systemRandom);
  const undo = () =>
    db.transaction(() => {
      audit.record({ actor, action: 'a.b', outcome: 'done', details: {} });
      throw new Error('undone');
    });
  expect(undo).toThrow('undone');
  expect(audit.latest('a.b')).toBeUndefined();
});
