import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { AnswerObserver, UpworkError, UpworkErrorCode } from '../../upwork/model.ts';
import type { ConnectionRow, StoredIncident } from '../records/connection-row.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { withMissing } from './scopes.ts';
import type { StatusBoard } from './status-board.ts';

/** Answers of one kind in a row until they are more than an incident. */
const errorAfter = 3;
const usedStepMs = 60_000;

/** Our own doing, or told elsewhere. */
const unremarkable: readonly UpworkErrorCode[] = [
  'not_connected',
  'auth_expired',
  'secret_store',
  'credentials_invalid',
  'authorization_failed',
  'bad_parameter',
  'cancelled',
];
const unexplained: readonly UpworkErrorCode[] = ['unauthorized', 'unexpected_response', 'invalid_query'];

/** What the observer needs. */
export interface ObserverDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly board: StatusBoard;
  readonly tokens: Pick<Tokens, 'worked'>;
}

/** Turns how calls end into the status: what a failure says about the connection, and nothing more than that. */
export function createObserver({ clock, log, board, tokens }: ObserverDeps): AnswerObserver {
  const restricted = (row: ConnectionRow, now: number) => ({
    row: { restrictedAt: row.restrictedAt ?? now, incident: null },
  });

  const troubled = (row: ConnectionRow, error: UpworkError, now: number) => {
    const incident = incidentOf(error, row.incident, now);
    const isUnexplained = unexplained.includes(error.code);
    // A refused token has been tried twice already, with a fresh one (F22).
    const isError = isUnexplained && (error.code === 'unauthorized' || incident.attempts >= errorAfter);
    if (incident.attempts === 1)
      log.warn({ err: error, code: error.code, requestId: error.requestId }, incident.message);
    return { row: { incident, ...(isError && { failingSince: row.failingSince ?? now }) } };
  };

  return {
    answered: () => {
      tokens.worked();
      const { row } = board.gate();
      const now = clock.now();
      const isUseNew = now.getTime() - (row.tokenUsedAt ?? 0) >= usedStepMs;
      const isOver = row.incident?.source === 'api' || row.failingSince !== null;
      if (row.connectedAt === null || (!isUseNew && !isOver && row.announcedStatus === board.shown().status)) return;
      board.change((current) => ({
        row: {
          tokenUsedAt: now.getTime(),
          failingSince: null,
          ...(current.incident?.source === 'api' && { incident: null }),
        },
      }));
    },
    failed: (error) => {
      if (unremarkable.includes(error.code)) return;
      const now = clock.now().getTime();
      board.change((row) => {
        if (row.connectedAt === null || error.code === 'budget_spent') return {};
        if (error.code === 'restricted') return restricted(row, now);
        if (error.code === 'missing_scopes') return { row: { scopes: withMissing(row.scopes, error.missing ?? []) } };
        return troubled(row, error, now);
      });
    },
  };
}

function incidentOf(error: UpworkError, before: StoredIncident | null, now: number): StoredIncident {
  const { code, message, requestId, retryAfterMs } = error;
  return {
    source: 'api',
    code: code === 'rate_limited' ? 'RATE_LIMITED' : 'UPSTREAM_ERROR',
    message,
    occurredAt: now,
    attempts: before?.source === 'api' ? before.attempts + 1 : 1,
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { nextRetryAt: now + retryAfterMs }),
  };
}
