import type { Viewer } from '../services/access/model.ts';
import type { Services } from '../services/model.ts';

/** What the operation costs and what its token has left (CONVENTIONS §9). Points of complexity. */
export interface OperationCost {
  /** Asked for before it runs: what it may take at most. What it did not take is given back. */
  readonly cost: number;
  /** Once it has run. */
  readonly paid?: number;
  /** Nodes the operation may return at most. */
  readonly nodeCount: number;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** When all points are back, if none is spent until then. */
  readonly resetsAt: Date;
}

/** What resolvers are handed beside their arguments. Made by the server for each operation. */
export interface Context {
  readonly services: Services;
  /** Undefined: no or no valid credential. Every root field then refuses with UNAUTHENTICATED. */
  readonly viewer: Viewer | undefined;
  /** Stands in `extensions.requestId` of every error and in the log. */
  readonly requestId: string;
  /** Base of every link, without a slash at the end. */
  readonly publicUrl: string;
  /** The clock's time: what moving windows such as `-P1D` are counted from. */
  readonly now: () => Date;
  /** Aborted when the client has gone, the time is up, or the token was revoked. */
  readonly signal: AbortSignal;
  /**
   * Asked before something dear is read: a turn of the loop to wait for, and then to ask again, where operations have
   * held it long enough; undefined where it may be read now.
   */
  readonly pace: () => Promise<void> | undefined;
  /** Known before execution begins. */
  readonly cost: OperationCost;
  /**
   * Binds a flow to the browser that starts it (RELIABILITY F2): sets an HttpOnly, `SameSite=Lax` cookie on the reply and returns its value.
   * Undefined where the caller is no browser session.
   */
  readonly bindBrowser?: () => string;
  /** Called once when a subscription of this operation left an event unread for 30 s (RELIABILITY §2b). */
  readonly onLag?: () => void;
}
