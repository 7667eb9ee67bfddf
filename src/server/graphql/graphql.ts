import { type ExecutionResult, OperationTypeNode } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Clock } from '../../clock.ts';
import type { Credential, LiveConnections } from '../access/access.ts';
import type { Exchange } from '../http/exchange.ts';
import { isEmpty, isJson, readBody } from '../http/read-body.ts';
import { refuse } from '../http/reply.ts';
import { sendResponse } from '../http/stream-out.ts';
import type { Limits } from '../limits.ts';
import type { Metrics } from '../monitoring/metrics.ts';
import type { Api } from '../options.ts';
import type { Presenting } from '../presenting/presenting.ts';
import { codeOf } from '../refusal/refusal.ts';
import { createDiscretion } from './discretion.ts';
import { createDocumentCache } from './document-cache.ts';
import { createParse, createValidate } from './document-limits.ts';
import { assertShallow, type FindDocument } from './known-documents.ts';
import type { Operation, OperationContext } from './operation.ts';

/** What runs operations. */
export interface GraphqlDeps {
  readonly api: Pick<Api, 'schema'>;
  readonly admission: Plugin<OperationContext>;
  readonly findDocument: FindDocument;
  readonly presenting: Presenting;
  readonly live: LiveConnections;
  readonly metrics: Pick<Metrics, 'operation'>;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly introspection: boolean;
}

/**
 * The GraphQL engine: `serve` answers over HTTP (JSON and event streams), `yoga.getEnveloped` gives the same rules to
 * WebSockets.
 */
export type Graphql = ReturnType<typeof createGraphql>;

/**
 * GraphQL over HTTP. What graphql-yoga would let in (forms, uploads, batches, other sites, unlimited bodies) never
 * reaches it; its own health check, landing page and GraphiQL are off (HOUSE §7.5, T8).
 */
export function createGraphql(deps: GraphqlDeps) {
  const yoga = createYoga<OperationContext>({
    schema: deps.api.schema,
    graphqlEndpoint: '/graphql',
    healthCheckEndpoint: '/-',
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    logging: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    parserAndValidationCache: { documentCache: createDocumentCache(), errorCache: createDocumentCache() },
    extraParamNames: ['documentId'],
    plugins: [limitDocuments(deps), deps.admission, answer(deps)],
  });

  const run = async (exchange: Exchange, credential: Credential, body: string | undefined): Promise<void> => {
    const { res, requestId } = exchange;
    const abort = new AbortController();
    const end = () => abort.abort();
    const operation: Operation = { credential, requestId, abort, startedAt: deps.clock.monotonic(), res };
    const remove = deps.live.add(credential, (ending) => {
      // A server that closes lets what it has begun come to its end; only subscriptions have none.
      if (ending === 'revoked' || operation.kind === OperationTypeNode.SUBSCRIPTION) end();
    });
    res.once('close', end);
    if (res.destroyed) end();
    try {
      const response = await yoga.fetch(requestFor(exchange, body), { operation });
      await sendResponse(res, response, deps);
    } finally {
      remove();
      res.off('close', end);
      end();
    }
  };

  return {
    yoga,
    /** Answers POST with a JSON body, and GET for queries. */
    serve: async (exchange: Exchange, credential: Credential): Promise<void> => {
      const { req, query } = exchange;
      const refuseAs = (status: number, message: string) => refuse(exchange, 'BAD_USER_INPUT', message, { status });
      if (req.method === 'GET') {
        const broken = ['variables', 'extensions'].find((name) => !isJsonObject(query.get(name) || '{}'));
        if (broken) return refuseAs(400, `\`${broken}\` is not a JSON object.`);
        return run(exchange, credential, undefined);
      }
      if (isEmpty(req)) return refuseAs(400, howToSend);
      if (!isJson(req)) return refuseAs(415, howToSend);
      const body = await readBody(req, deps.limits.bodyBytes);
      if (body === undefined) return refuseAs(413, `The body is larger than ${deps.limits.bodyBytes / 1_024} KiB.`);
      if (!isJsonObject(body)) return refuseAs(400, `The body is not one JSON object. ${howToSend}`);
      return run(exchange, credential, body);
    },
  };
}

const howToSend = 'Send one operation as application/json: `{"query": "…", "variables": {…}}`.';

/** Batches are lists, and refused with everything else that is no object. */
function isJsonObject(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Only what GraphQL needs of a request: no host, no cookie, no token goes further than the door. */
function requestFor({ req, query }: Exchange, body: string | undefined): Request {
  const url = body === undefined ? `http://localhost/graphql?${query}` : 'http://localhost/graphql';
  const accept = req.headers.accept ?? '*/*';
  return new Request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body }),
  });
}

function limitDocuments({ api, findDocument, limits, introspection }: GraphqlDeps): Plugin<OperationContext> {
  const discretion = createDiscretion(api.schema);
  const parse = createParse(limits, discretion);
  const validate = createValidate(limits, { introspection, discretion });
  return {
    onParams: ({ params, request, setParams }) => {
      assertShallow(params.variables, limits.variableDepth);
      // graphql-yoga keeps a body's `documentId` and drops that of an address.
      const inAddress = request.method === 'GET' && new URL(request.url).searchParams.get('documentId');
      const query = findDocument(inAddress ? { ...params, documentId: inAddress } : params);
      if (query !== undefined) setParams({ ...params, query });
    },
    onParse: ({ setParseFn }) => setParseFn(parse),
    onValidate: ({ params, setValidationFn }) => {
      setValidationFn(() => validate(api.schema, params.documentAST));
    },
  };
}

/** The last step over HTTP: errors as clients may see them, and what became of the operation for the metrics. */
function answer({ presenting, metrics, clock }: GraphqlDeps): Plugin<OperationContext, OperationContext> {
  return {
    onResultProcess: ({ result, setResult, serverContext }) => {
      const { operation } = serverContext;
      const present = (one: ExecutionResult) => presenting.result(one, { requestId: operation.requestId, http: true });
      const count = (one: ExecutionResult) =>
        metrics.operation({
          kind: operation.kind,
          code: one.errors?.[0] && codeOf(one.errors[0]),
          durationMs: clock.monotonic() - operation.startedAt,
        });
      if (Symbol.asyncIterator in result) {
        count({});
        setResult(mapResults(result as AsyncIterable<ExecutionResult>, present));
        return;
      }
      const presented = present(result as ExecutionResult);
      count(presented);
      setResult(presented);
    },
  };
}

/** Each result through `change`. An explicit iterator, whose `return()` reaches the source at once. */
function mapResults(
  source: AsyncIterable<ExecutionResult>,
  change: (result: ExecutionResult) => ExecutionResult,
): AsyncIterable<ExecutionResult> {
  return {
    [Symbol.asyncIterator]: () => {
      const results = source[Symbol.asyncIterator]();
      return {
        next: async () => {
          const step = await results.next();
          return step.done ? step : { done: false, value: change(step.value) };
        },
        return: async () => (await results.return?.()) ?? { done: true, value: undefined },
      };
    },
  };
}
