import { createHash } from 'node:crypto';
import type { Actor } from '../access/model.ts';
import type { AuditEntry } from './model.ts';

/** An entry as the table holds it. */
export interface AuditRow {
  readonly seq: number;
  readonly id: string;
  readonly occurredAt: number;
  readonly actorKind: Actor['kind'];
  readonly actorName: string;
  readonly action: string;
  readonly outcome: string;
  readonly details: string;
  readonly subjectId: string | null;
  readonly requestId: string | null;
  readonly hash: string;
}

/** The columns of `AuditRow`, for a SELECT. */
export const auditColumns = `seq, id, occurred_at AS occurredAt, actor_kind AS actorKind, actor_name AS actorName,
  action, outcome, details, subject_id AS subjectId, request_id AS requestId, hash`;

/** Hash of the chain's beginning. */
export const noHash = '';

/**
 * SHA-256, in hexadecimal, of an entry and the hash of the one before it. Entries without subject and request are hashed as they were before
 * entries had them, so that an old trail stays whole.
 */
export function chainedHash(row: Omit<AuditRow, 'seq' | 'hash'>, before: string): string {
  const { id, occurredAt, actorKind, actorName, action, outcome, details, subjectId, requestId } = row;
  const parts = [before, id, occurredAt, actorKind, actorName, action, outcome, details];
  if (subjectId !== null || requestId !== null) parts.push(subjectId ?? '', requestId ?? '');
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The row as the rest of Prospector sees it. */
export function toEntry(row: Omit<AuditRow, 'seq' | 'hash'>): AuditEntry {
  const { actorKind, actorName, occurredAt, details, id, action, outcome, subjectId, requestId } = row;
  return {
    id,
    action,
    outcome,
    actor: { kind: actorKind, name: actorName },
    occurredAt: new Date(occurredAt),
    details: JSON.parse(details) as AuditEntry['details'],
    ...(subjectId !== null && { subjectId }),
    ...(requestId !== null && { requestId }),
  };
}
