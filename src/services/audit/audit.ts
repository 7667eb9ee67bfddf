import { ulid } from 'ulid';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Random } from '../../random.ts';
import type { AccessService } from '../access/model.ts';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { SecretStore } from '../secrets/model.ts';
import { recordAccess } from './audit-access.ts';
import { recordEvents } from './audit-events.ts';
import { createAuditPages } from './audit-pages.ts';
import { recordRetention } from './audit-retention.ts';
import { type AuditRow, auditColumns, chainedHash, noHash, toEntry } from './chain.ts';
import { createMarks } from './marks.ts';
import type { AuditRecord, AuditTrail } from './model.ts';
import { startSealing } from './trim.ts';
import { createVerify } from './verify.ts';

/** What the trail needs. */
export interface AuditDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly random: Random;
  readonly log: Log;
  readonly secrets: SecretStore;
}

/** The trail, and what writes into it by itself. */
export interface Audit {
  readonly trail: AuditTrail;
  /** The same log; what it announces about the connection and about submissions is written down in the same transaction. */
  recordEvents(events: EventLog): EventLog;
  /** The same service; log-ins and log-outs are written down. */
  recordAccess(access: AccessService): AccessService;
  /** Writes down the retention in force, once for each change. Then seals and trims daily. Returns how to stop. */
  start(retentionMs: number): () => void;
}

/** The audit trail of this database. Holds nothing open until `start`. */
export function createAudit({ db, clock, random, log, secrets }: AuditDeps): Audit {
  const insert = db.sql.prepare(
    `INSERT INTO audit_entries
       (id, occurred_at, actor_kind, actor_name, action, outcome, details, subject_id, request_id, hash)
     VALUES (@id, @occurredAt, @actorKind, @actorName, @action, @outcome, @details, @subjectId, @requestId, @hash)`,
  );
  const lastHash = db.sql.prepare('SELECT hash FROM audit_entries ORDER BY seq DESC LIMIT 1').pluck();
  const newest = db.sql.prepare(`SELECT ${auditColumns} FROM audit_entries WHERE action = ? ORDER BY seq DESC LIMIT 1`);
  const marks = createMarks(db, secrets, random);
  const verify = createVerify(db, marks);

  const record: AuditTrail['record'] = (entry) =>
    db.transaction(() => {
      const now = clock.now().getTime();
      const row = { id: `audit_${ulid(now, () => random.fraction())}`, occurredAt: now, ...columnsOf(entry) };
      insert.run({ ...row, hash: chainedHash(row, (lastHash.get() as string | undefined) ?? noHash) });
      return toEntry(row);
    });

  const trail: AuditTrail = {
    ...createAuditPages(db),
    record,
    recordDone: (entry) => {
      try {
        record(entry);
      } catch (error) {
        log.error({ err: error, action: entry.action }, 'What was done could not be written into the audit trail');
      }
    },
    latest: (action) => {
      const row = newest.get(action) as AuditRow | undefined;
      return row && toEntry(row);
    },
    verify,
  };
  return {
    trail,
    recordEvents: (events) => recordEvents(events, trail),
    recordAccess: (access) => recordAccess(access, trail, clock),
    start: (retentionMs) => {
      recordRetention(trail, retentionMs);
      return startSealing({ db, clock, log, marks, verify });
    },
  };
}

function columnsOf({ actor, action, outcome, details, subjectId, requestId }: AuditRecord) {
  return {
    actorKind: actor.kind,
    actorName: actor.name,
    action,
    outcome,
    details: JSON.stringify(details),
    subjectId: subjectId ?? null,
    requestId: requestId ?? null,
  };
}
