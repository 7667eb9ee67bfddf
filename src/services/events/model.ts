import type { AuthExpiredReason, ConnectionFlow, ConnectionStatus, NextAction } from '../connection/model.ts';
import type { ProposalStatus } from '../proposals/model.ts';
import type { ScanPhase } from '../scanner/model.ts';

export const eventTypes = [
  'JOB_POSTED',
  'JOB_UPDATED',
  'AUTH_EXPIRED',
  'AUTH_RESTORED',
  'PLATFORM_STATUS_CHANGED',
  'CONNECTION_FLOW_UPDATED',
  'SCAN_PROGRESS',
  'PROPOSAL_UPDATED',
  'CONTRACT_UPDATED',
  'NODE_CHANGED',
] as const;
export type EventType = (typeof eventTypes)[number];

/** What became of something that no other type of event tells of. */
export type NodeChange = 'CREATED' | 'UPDATED' | 'DELETED';

/** Status of the platform as it was when the event was written; the rest of `platformStatus` is read when the event is delivered. */
export interface StatusAtEvent {
  readonly status: ConnectionStatus;
  readonly message: string;
  readonly statusChangedAt: string;
  readonly nextAction: NextAction;
}

/** What each type of event says beside its subject. JSON: instants are ISO strings. No content taken from the platform. */
export type EventBody =
  | {
      readonly type: 'JOB_POSTED';
      readonly subjectId: string;
      readonly scanId?: string;
      readonly searchIds: readonly string[];
    }
  | { readonly type: 'JOB_UPDATED'; readonly subjectId: string; readonly changed: readonly string[] }
  | {
      readonly type: 'AUTH_EXPIRED';
      readonly subjectId: string;
      readonly reason: AuthExpiredReason;
      readonly message: string;
      readonly status: StatusAtEvent;
    }
  | {
      readonly type: 'AUTH_RESTORED';
      readonly subjectId: string;
      readonly gap?: { readonly from: string; readonly to: string };
      readonly status: StatusAtEvent;
    }
  | {
      readonly type: 'PLATFORM_STATUS_CHANGED';
      readonly subjectId: string;
      readonly previous: ConnectionStatus;
      readonly status: StatusAtEvent;
    }
  | { readonly type: 'CONNECTION_FLOW_UPDATED'; readonly subjectId: string; readonly status: ConnectionFlow['status'] }
  | {
      readonly type: 'SCAN_PROGRESS';
      readonly subjectId: string;
      readonly phase: ScanPhase;
      readonly percent: number;
      readonly message?: string;
    }
  | {
      readonly type: 'PROPOSAL_UPDATED';
      readonly subjectId: string;
      readonly previous?: ProposalStatus;
      /** Where it stood then; absent in entries of before this was written down. */
      readonly status?: ProposalStatus;
    }
  | {
      readonly type: 'CONTRACT_UPDATED';
      readonly subjectId: string;
      readonly milestoneId?: string;
      readonly changed: readonly string[];
    }
  | {
      readonly type: 'NODE_CHANGED';
      readonly subjectId: string;
      readonly change: NodeChange;
      readonly changed: readonly string[];
    };

/** An entry of the log. */
export type LoggedEvent = EventBody & {
  readonly seq: number;
  readonly id: string;
  /** Opaque to clients; carries the database's identity and `seq`. */
  readonly cursor: string;
  readonly occurredAt: Date;
};

/** What a follower wants. `matches` is asked per event, after the type. */
export interface FollowOptions {
  readonly types?: readonly EventType[];
  readonly after?: string;
  readonly matches?: (event: LoggedEvent) => boolean;
  /** Ends the following from outside, e.g. when its token is revoked. */
  readonly signal?: AbortSignal;
  /** Called once when the consumer has not asked for the next event for 30 s although one was waiting. */
  readonly onLag?: () => void;
}

export type FollowedEvent = LoggedEvent & { readonly replayed: boolean };

export interface EventLog {
  /**
   * Appends inside the caller's transaction (throws outside one), so that a change and its announcement are one. Rings the bell once the
   * transaction has committed: the caller does that with `announce()`.
   */
  append(body: EventBody): LoggedEvent;
  /** Wakes followers; call after commit. */
  announce(): void;
  /** Cursor of the newest entry, or the log's start when empty: subscribing `after` it misses nothing. */
  latestCursor(): string;
  /** Position of a cursor. Throws RefusedError BAD_USER_INPUT (not ours) or CURSOR_EXPIRED (with `oldestCursor`). */
  position(cursor: string): number;
  read(options: { types?: readonly EventType[]; after?: number; limit: number }): LoggedEvent[];
  /** The tail of the log: what was missed, then live, each once, in order. Bounded read-ahead of 100 rows; `return()` acts at once. Throws like `position` before anything is yielded. */
  follow(options: FollowOptions): AsyncIterableIterator<FollowedEvent>;
  /** Wakes followers also when another process on the database has written, within a second, until the returned function is called. */
  watch(): () => void;
  /** Open followers now. */
  followers(): number;
  /** Deletes entries older than 7 days; returns how many. */
  trim(): number;
}
