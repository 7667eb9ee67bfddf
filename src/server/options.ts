import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { Clock } from '../clock.ts';
import type { Configuration } from '../config.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import type { Services } from '../services/model.ts';
import type { Limits } from './limits.ts';

/** An operation as it came. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** What the server must know of the GraphQL schema; `src/resolvers/index.ts` exports all of it. */
export interface Api {
  readonly schema: GraphQLSchema;
  /** The schema's text, as `/schema.graphql` serves it. */
  readonly sdl: string;
  /** What an operation would cost, before it runs. Introspection counts for nothing. */
  readonly measure: (operation: AskedOperation) => {
    readonly complexity: number;
    readonly depth: number;
    readonly nodeCount: number;
  };
  /** What an operation has taken, by the data it was answered with: at most what it was measured at. */
  readonly paid: (operation: AskedOperation, data: unknown) => number;
  /** The error a client may see for what a service threw; undefined for what nobody foresaw. */
  readonly toClientError: (error: unknown) => GraphQLError | undefined;
}

/** What the HTTP server is made of. */
export interface HttpServerOptions {
  readonly api: Api;
  readonly services: Services;
  readonly configuration: Pick<
    Configuration,
    | 'host'
    | 'port'
    | 'publicUrl'
    | 'allowedHosts'
    | 'persistedDocuments'
    | 'introspection'
    | 'graphiql'
    | 'rateLimit'
    | 'limits'
  >;
  /** Known documents by `documentId` (`sha256:<hex>`). */
  readonly documents: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Those of the product unless given. */
  readonly limits?: Partial<Limits>;
}
