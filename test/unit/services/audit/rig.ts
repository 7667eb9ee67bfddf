import { dirname, join } from 'node:path';
import pino from 'pino';
import { systemRandom } from '../../../../src/random.ts';
import { createAudit } from '../../../../src/services/audit/audit.ts';
import { createMarks } from '../../../../src/services/audit/marks.ts';
import type { AuditRecord } from '../../../../src/services/audit/model.ts';
import { sealAndTrim } from '../../../../src/services/audit/trim.ts';
import { openEmbeddedStore } from '../../../../src/services/secrets/embedded/open-embedded-store.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

/** A trail over a real database and a real secret store; goes away with `using`. */
export async function createTrail() {
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  const log = pino({ level: 'silent' });
  const random = systemRandom;
  const secrets = await openEmbeddedStore({ db: db.sql, random, keyFile: join(dirname(db.path), 'key') });
  const { trail, start, recordAccess, recordEvents } = createAudit({ db, clock, random, log, secrets });
  const marks = createMarks(db, secrets, random);
  return {
    clock,
    db,
    secrets,
    trail,
    start,
    recordAccess,
    recordEvents,
    /** Seals, and trims what is old. */
    seal: () => sealAndTrim({ db, clock, log, marks, verify: trail.verify }),
    /** Appends one entry for each outcome. */
    fill: (...outcomes: string[]) => outcomes.map((outcome) => trail.record(entry({ outcome }))),
    /** What somebody does who has the file and no respect for triggers. */
    tamper: (statements: string) => {
      const triggers = db.sql
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_entries'")
        .all() as { name: string; sql: string }[];
      for (const { name } of triggers) db.sql.exec(`DROP TRIGGER ${name}`);
      db.sql.exec(statements);
      for (const { sql } of triggers) db.sql.exec(sql);
    },
    [Symbol.dispose]: () => db[Symbol.dispose](),
  };
}

/** An entry, whatever it says. */
export function entry(more: Partial<AuditRecord> = {}): AuditRecord {
  const actor = { kind: 'API_TOKEN', name: 'owner' } as const;
  return {
    actor,
    action: 'job.updated',
    outcome: 'done',
    details: {},
    subjectId: 'job_1',
    requestId: 'req_1',
    ...more,
  };
}
