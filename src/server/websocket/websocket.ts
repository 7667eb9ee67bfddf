import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionArgs, ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';
import { CloseCode, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { type Authenticate, type Credential, type Guesses, isOwner, type LiveConnections } from '../access/access.ts';
import type { Graphql } from '../graphql/graphql.ts';
import { assertShallow, type FindDocument } from '../graphql/known-documents.ts';
import type { Operation } from '../graphql/operation.ts';
import type { Limits } from '../limits.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import { createPlaces } from '../places/places.ts';
import type { Presenting } from '../presenting/presenting.ts';
import { codeOf, refusal } from '../refusal/refusal.ts';
import { asGraphQLError } from '../subscriptions/subscription-results.ts';
import { closeSocket, closingPatienceMs, createPort, tryAgainLater } from './websocket-port.ts';

/** What sockets run on. */
export interface WebSocketDeps {
  readonly yoga: Graphql['yoga'];
  readonly authenticate: Authenticate;
  readonly guesses: Guesses;
  readonly findDocument: FindDocument;
  readonly presenting: Presenting;
  readonly live: LiveConnections;
  readonly metrics: Pick<Metrics, 'operation'>;
  readonly nextRequestId: () => string;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

/** What is known of one socket. */
interface Extra {
  readonly socket: WebSocket;
  /** The cookie of the upgrade; undefined where no Origin says that a page of ours sent it (RELIABILITY §4.27). */
  readonly cookie: string | undefined;
  /** Where it comes from. */
  readonly address: string | undefined;
  /**
   * Those that run now, each by the message that asked for it: an id may be used again before its first operation has
   * quite ended.
   */
  readonly operations: Map<object, Operation>;
  /** Gives it a place that nobody takes away; false where those that are left are the owner's. */
  readonly hold: (credential: Credential) => boolean;
  credential?: Credential;
  /** Takes the socket off the list of live connections. */
  leave?: () => unknown;
}

/** WebSocket's word for a server that goes away. */
const goingAway = 1001;

/** A request to become a WebSocket, whose Host and Origin were found good. */
export interface UpgradeRequest {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What was read beyond the request. */
  readonly head: Buffer;
  /** The same for the connection beneath: its place is held too. */
  readonly hold: (credential: Credential) => boolean;
}

/** GraphQL over `graphql-transport-ws`, on the same schema, limits and credentials as HTTP. The caller closes it. */
export function openWebSockets(deps: WebSocketDeps) {
  const { limits, clock, live } = deps;
  const places = createPlaces({ total: limits.sockets, reserved: limits.reservedPlaces });
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    handleProtocols,
    autoPong: false,
  });

  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.initMs,
    onConnect: async ({ connectionParams, extra }) => {
      const authorization = connectionParams?.['Authorization'] ?? connectionParams?.['authorization'];
      const credential = deps.authenticate({ authorization, cookie: extra.cookie });
      if (!credential) return turnAway(deps, extra, authorization ?? extra.cookie);
      if (!extra.hold(credential)) {
        closeSocket(extra.socket, clock, tryAgainLater, "The places that are left are the owner's: try again later");
        return false;
      }
      extra.credential = credential;
      extra.leave = live.add(credential, (ending) => {
        if (ending === 'revoked')
          closeSocket(extra.socket, clock, CloseCode.Unauthorized, 'The token is no longer valid');
        else closeSocket(extra.socket, clock, goingAway, 'Prospector is shutting down');
      });
      return true;
    },
    onSubscribe: ({ extra }, _id, payload) => prepare(deps, extra, payload),
    execute: (args: ExecutionArgs) => orErrors(() => rootOf(args).execute(args)),
    subscribe: (args: ExecutionArgs) => orErrors(() => rootOf(args).subscribe(args)),
    onNext: ({ extra }, _id, payload, _args, result) =>
      present(deps, extra.operations.get(payload), result as ExecutionResult),
    onError: ({ extra }, _id, payload, errors) => {
      const presented = present(deps, extra.operations.get(payload), { errors });
      finish(extra, payload);
      return presented.errors;
    },
    onComplete: ({ extra }, _id, payload) => finish(extra, payload),
    onClose: ({ extra }) => {
      extra.leave?.();
      for (const payload of [...extra.operations.keys()]) finish(extra, payload);
    },
  });

  return {
    /** Open sockets. */
    count: () => server.clients.size,
    /**
     * Takes over a connection; one that has not logged in makes room for it. False, with nothing done, when all places
     * are held by who has.
     */
    accept: ({ request, socket, head, hold }: UpgradeRequest): boolean => {
      const address = request.socket.remoteAddress;
      let leave = (): void => {
        socket.destroy();
      };
      const place = places.take(address, () => leave());
      if (!place) return false;
      socket.once('close', () => place.release());
      server.handleUpgrade(request, socket, head, (webSocket) => {
        leave = () => closeSocket(webSocket, clock, tryAgainLater, 'Others need this place: log in at once');
        const cookie = request.headers.origin === undefined ? undefined : request.headers.cookie;
        const extra: Extra = {
          socket: webSocket,
          cookie,
          address,
          operations: new Map(),
          hold: (credential) => place.hold(isOwner(credential) ? 'owner' : 'guest') && hold(credential),
        };
        const closed = protocol.opened(createPort(webSocket, deps), extra);
        webSocket.once('close', (code, reason) => {
          closed(code, String(reason)).catch((error: unknown) =>
            deps.log.error({ err: error }, 'A WebSocket did not close cleanly'),
          );
        });
      });
      return true;
    },
    /** Takes no more and asks all to go; those that have not gone within 2 s are cut. */
    close: () => {
      server.close();
      for (const socket of server.clients) closeSocket(socket, clock, goingAway, 'Prospector is shutting down');
      // Also those whose end was under way, with more patience than there is now.
      const cancel = clock.after(closingPatienceMs, () => {
        for (const socket of server.clients) socket.terminate();
      });
      if (server.clients.size === 0) cancel();
    },
  };
}

/** Counts what was shown; false has graphql-ws close the socket with 4403, too many wrong ones close it with 1013. */
async function turnAway({ guesses, clock }: WebSocketDeps, extra: Extra, shown: unknown): Promise<false> {
  const secret = typeof shown === 'string' ? shown.replace(/^Bearer +/i, '') : undefined;
  const seconds = secret === undefined ? 0 : await guesses.countWrong(extra.address, secret);
  if (seconds > 0) closeSocket(extra.socket, clock, tryAgainLater, `Too many wrong tokens: try again in ${seconds} s`);
  return false;
}

/** What graphql-yoga made for one operation; graphql-ws hands it back when it is time to run. */
interface Enveloped {
  readonly execute: (args: ExecutionArgs) => Promise<ExecutionResult>;
  readonly subscribe: (args: ExecutionArgs) => Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
}

/** A bug of ours is an error of its operation; graphql-ws would take it for a breach of the protocol. */
async function orErrors<Result>(run: () => Promise<Result>): Promise<Result | ExecutionResult> {
  try {
    return await run();
  } catch (error) {
    return { errors: [asGraphQLError(error)] };
  }
}

function rootOf(args: ExecutionArgs): Enveloped {
  return args.rootValue as Enveloped;
}

/**
 * Parses and validates as over HTTP. Errors that are returned end the operation; nothing thrown here may reach the
 * socket.
 */
async function prepare(deps: WebSocketDeps, extra: Extra, payload: SubscribePayload) {
  const operation: Operation = {
    credential: extra.credential as Credential,
    requestId: deps.nextRequestId(),
    abort: new AbortController(),
    startedAt: deps.clock.monotonic(),
  };
  extra.operations.set(payload, operation);
  const refused = (errors: readonly unknown[]): GraphQLError[] => {
    finish(extra, payload);
    const presented = errors.map((error) =>
      deps.presenting.error(error, { requestId: operation.requestId, http: false }),
    );
    count(deps, operation, presented);
    return presented;
  };
  try {
    if (extra.operations.size > deps.limits.operationsPerSocket) return refused([tooManyOperations(deps.limits)]);
    assertShallow(payload.variables, deps.limits.variableDepth);
    const query = deps.findDocument(payload) ?? payload.query;
    const { schema, parse, validate, execute, subscribe, contextFactory } = deps.yoga.getEnveloped({ operation });
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return refused(errors);
    return {
      schema,
      document,
      operationName: payload.operationName ?? undefined,
      variableValues: payload.variables ?? undefined,
      contextValue: await contextFactory(),
      rootValue: { execute, subscribe },
    };
  } catch (error) {
    return refused([error]);
  }
}

/** A result as it may be sent. Errors that were presented before they got here stay as they are. */
function present(
  deps: WebSocketDeps,
  operation: Operation | undefined,
  result: ExecutionResult,
): FormattedExecutionResult {
  const { errors, ...rest } = result;
  if (!errors) {
    if (operation) count(deps, operation, []);
    return rest as FormattedExecutionResult;
  }
  const requestId = operation?.requestId ?? deps.nextRequestId();
  const presented = errors.map((error) =>
    'requestId' in error.extensions ? error : deps.presenting.error(error, { requestId, http: false }),
  );
  if (operation) count(deps, operation, presented);
  return { ...rest, errors: presented.map((error) => error.toJSON()) } as FormattedExecutionResult;
}

/** Told once an operation, by its first result. */
function count({ metrics, clock }: WebSocketDeps, operation: Operation, [first]: readonly GraphQLError[]): void {
  if (operation.counted) return;
  operation.counted = true;
  metrics.operation({
    kind: operation.kind,
    code: first && codeOf(first),
    durationMs: clock.monotonic() - operation.startedAt,
  });
}

function finish({ operations }: Extra, payload: object): void {
  operations.get(payload)?.abort.abort();
  operations.delete(payload);
}

function tooManyOperations({ operationsPerSocket }: Limits): GraphQLError {
  return refusal(
    'TOO_MANY_SUBSCRIPTIONS',
    `This connection runs ${operationsPerSocket} operations, which is as many as it may. End one first.`,
  );
}
