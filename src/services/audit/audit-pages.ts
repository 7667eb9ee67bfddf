import type { Database } from '../database/model.ts';
import { createConditions } from '../paging/conditions.ts';
import { type Keyed, mapNodes, readPage } from '../paging/read-page.ts';
import { type AuditRow, auditColumns, toEntry } from './chain.ts';
import type { AuditFilter, AuditTrail } from './model.ts';

/** Entries as lists, newest first. */
export function createAuditPages(db: Database): Pick<AuditTrail, 'byId' | 'list' | 'count'> {
  const one = db.sql.prepare(`SELECT ${auditColumns} FROM audit_entries WHERE id = ?`);
  return {
    byId: (id) => {
      const row = one.get(id) as AuditRow | undefined;
      return row && toEntry(row);
    },
    list: (filter, page) => {
      const { text, values } = conditionsOf(filter);
      const rows = readPage<AuditRow & Keyed>(db, {
        from: `SELECT ${auditColumns}, seq AS page_key FROM audit_entries WHERE ${text}`,
        values,
        order: 'audit',
        isAscending: false,
        page,
      });
      return mapNodes(rows, toEntry);
    },
    count: (filter) => {
      const { text, values } = conditionsOf(filter);
      return db.sql.prepare(`SELECT count(*) FROM audit_entries WHERE ${text}`).pluck().get(values) as number;
    },
  };
}

function conditionsOf({ actions, actors, subjectId, occurredAt }: AuditFilter) {
  return createConditions()
    .among('action', actions)
    .among('actor_kind', actors)
    .is('subject_id', subjectId)
    .within('occurred_at', occurredAt);
}
