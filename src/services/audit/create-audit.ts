import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { Clock } from '../../clock.ts';
import type { Random } from '../../random.ts';
import type { Actor } from '../access/model.ts';
import type { Database } from '../database/model.ts';
import type { AuditEntry, AuditTrail } from './model.ts';

interface Row {
  readonly id: string;
  readonly occurredAt: number;
  readonly actorKind: Actor['kind'];
  readonly actorName: string;
  readonly action: string;
  readonly outcome: string;
  readonly details: string;
}

/** The audit trail of this database: append-only, each entry bound to the one before it (RELIABILITY §4.61). */
export function createAudit(db: Database, clock: Pick<Clock, 'now'>, random: Pick<Random, 'fraction'>): AuditTrail {
  const columns =
    'id, occurred_at AS occurredAt, actor_kind AS actorKind, actor_name AS actorName, action, outcome, details, hash';
  const insert = db.sql.prepare(
    `INSERT INTO audit_entries (id, occurred_at, actor_kind, actor_name, action, outcome, details, hash)
     VALUES (@id, @occurredAt, @actorKind, @actorName, @action, @outcome, @details, @hash)`,
  );
  const lastHash = db.sql.prepare('SELECT hash FROM audit_entries ORDER BY seq DESC LIMIT 1').pluck();
  const newest = db.sql.prepare(`SELECT ${columns} FROM audit_entries WHERE action = ? ORDER BY seq DESC LIMIT 1`);
  const all = db.sql.prepare(`SELECT ${columns} FROM audit_entries ORDER BY seq`);
  return {
    record: ({ actor, action, outcome, details }) =>
      db.transaction(() => {
        const occurredAt = clock.now().getTime();
        const row: Row = {
          id: `audit_${ulid(occurredAt, () => random.fraction())}`,
          occurredAt,
          actorKind: actor.kind,
          actorName: actor.name,
          action,
          outcome,
          details: JSON.stringify(details),
        };
        insert.run({ ...row, hash: chained(row, (lastHash.get() as string | undefined) ?? '') });
        return toEntry(row);
      }),
    latest: (action) => {
      const row = newest.get(action) as Row | undefined;
      return row && toEntry(row);
    },
    firstBroken: () => {
      let before = '';
      for (const row of all.iterate() as IterableIterator<Row & { hash: string }>) {
        if (row.hash !== chained(row, before)) return row.id;
        before = row.hash;
      }
      return undefined;
    },
  };
}

function chained(row: Row, before: string): string {
  const { id, occurredAt, actorKind, actorName, action, outcome, details } = row;
  const text = JSON.stringify([before, id, occurredAt, actorKind, actorName, action, outcome, details]);
  return createHash('sha256').update(text).digest('hex');
}

function toEntry({ actorKind, actorName, occurredAt, details, id, action, outcome }: Row): AuditEntry {
  return {
    id,
    action,
    outcome,
    actor: { kind: actorKind, name: actorName },
    occurredAt: new Date(occurredAt),
    details: JSON.parse(details) as AuditEntry['details'],
  };
}
