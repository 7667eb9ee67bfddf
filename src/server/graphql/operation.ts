import type { ServerResponse } from 'node:http';
import type { OperationTypeNode } from 'graphql';
import type { Context, OperationCost } from '../../schema/context.ts';
import type { Credential } from '../access/access.ts';

/** One GraphQL operation on its way through the server, over HTTP or WebSocket. */
export interface Operation {
  readonly credential: Credential;
  readonly requestId: string;
  /** Aborted when the client has gone, the time is up, the token was revoked or the server closes. */
  readonly abort: AbortController;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  /** The HTTP reply, for the headers that go with the result. */
  readonly res?: ServerResponse;
  /** Known once the document was parsed and admitted. */
  kind?: OperationTypeNode;
  cost?: OperationCost;
  /** Whether the metrics know of it. */
  counted?: boolean;
}

/** What graphql-yoga carries from the transport to the resolvers. */
export interface OperationContext extends Partial<Context> {
  readonly operation: Operation;
}
