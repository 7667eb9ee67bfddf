import type { EventBody, EventLog } from '../events/model.ts';
import type { ProposalStatus } from '../proposals/model.ts';
import type { AuditRecord, AuditTrail } from './model.ts';

const platform = { kind: 'PLATFORM', name: 'Upwork' } as const;
const server = { kind: 'SCHEDULER', name: 'Prospector' } as const;

/** How an attempt to submit may end. */
const submissions: ReadonlySet<ProposalStatus> = new Set([
  'SUBMITTED',
  'FAILED',
  'OUTCOME_UNKNOWN',
  'AWAITING_MANUAL_SUBMISSION',
]);

/**
 * The same log, with what changes without anybody asking written into the audit trail: a death or a return of the authorization, another status of
 * the connection, a flow that completed, how a submission ended. One transaction holds the event and its entry.
 */
export function recordEvents(events: EventLog, audit: Pick<AuditTrail, 'record'>): EventLog {
  return {
    ...events,
    append: (body) => {
      const event = events.append(body);
      const entry = entryOf(body);
      if (entry) audit.record(entry);
      return event;
    },
  };
}

/** What is written down of an event; undefined where a mutation's own entry says it, or it is no deed. */
function entryOf(body: EventBody): AuditRecord | undefined {
  const { subjectId } = body;
  switch (body.type) {
    case 'AUTH_EXPIRED':
      return { actor: platform, action: 'authorization.expired', outcome: body.reason, details: {}, subjectId };
    case 'AUTH_RESTORED':
      return { actor: platform, action: 'authorization.restored', outcome: body.status.status, details: {}, subjectId };
    case 'PLATFORM_STATUS_CHANGED': {
      const { status } = body.status;
      const details = { previous: body.previous };
      return { actor: server, action: 'connection.status_changed', outcome: status, details, subjectId };
    }
    case 'CONNECTION_FLOW_UPDATED': {
      if (body.status === 'PENDING') return undefined;
      return { actor: platform, action: 'connection_flow.ended', outcome: body.status, details: {}, subjectId };
    }
    case 'PROPOSAL_UPDATED': {
      const { status, previous } = body;
      if (!status || status === previous || !submissions.has(status)) return undefined;
      const details = { previous: previous ?? null };
      return { actor: server, action: 'submission.ended', outcome: status, details, subjectId };
    }
    default:
      return undefined;
  }
}
