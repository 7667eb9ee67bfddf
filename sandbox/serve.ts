import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, replyInstead, spoil, type Target } from './control/faults.ts';
import type { JournalEntry } from './control/journal.ts';
import { answerGraphql, describeOperation, readGraphqlRequest } from './graphql/graphql-endpoint.ts';
import type { Marketplace } from './marketplace.ts';
import { answerRevocation, answerTokenRequest } from './oauth/token-endpoint.ts';
import { json, type Reply } from './reply.ts';

/** A request with its body, and what it is about. */
interface Call {
  target: Target;
  method: string;
  url: URL;
  body: string;
  operation: string | undefined;
  fields: string[];
  variables: Record<string, unknown>;
}

const paths: Record<string, { target: Target; method: string }> = {
  '/ab/account-security/oauth2/authorize': { target: 'authorize', method: 'GET' },
  '/ab/account-security/oauth2/consent': { target: 'authorize', method: 'POST' },
  '/api/v3/oauth2/token': { target: 'token', method: 'POST' },
  '/api/v3/oauth2/token/revoke': { target: 'token', method: 'POST' },
  '/graphql': { target: 'graphql', method: 'POST' },
};

/** Answers one request to the marketplace, or, where a fault says so, does not. Never rejects. */
export async function serve(
  marketplace: Marketplace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const path = paths[url.pathname];
  const body = await readBody(request);
  if (body === undefined) return;
  if (!path) return send(response, json(404, { message: 'Not found' }));
  if (request.method !== path.method)
    return send(response, json(405, { message: 'Method not allowed' }, { allow: path.method }));
  marketplace.catchUp();
  const call = describe(path.target, path.method, url, body);
  const fault = marketplace.faults.take(call.target, [call.operation, ...call.fields]);
  const entry = marketplace.journal.add(newEntry(marketplace, call, request, fault));
  if (fault?.kind === 'timeout') return;
  if (fault?.kind === 'reset') return void request.socket.destroy();
  if (fault?.kind === 'slow') await new Promise((done) => setTimeout(done, fault.delayMs ?? 1000));
  const reply = (fault && replyInstead(fault)) ?? answer(marketplace, call, request);
  if (fault?.kind === 'reset-after') return void request.socket.destroy();
  const sent = fault ? spoil(reply, fault, cursorOf(call)) : reply;
  entry.status = sent.status;
  entry.error = firstError(sent);
  if (fault?.kind === 'truncate' && fault.drop) {
    response.writeHead(sent.status, { ...sent.headers, 'content-length': Buffer.byteLength(reply.body) });
    response.write(sent.body, () => request.socket.destroy());
    return;
  }
  send(response, sent);
}

function answer(marketplace: Marketplace, { url, body }: Call, { headers }: IncomingMessage): Reply {
  const { authorize, key, settings, tokens, clock, roots } = marketplace;
  switch (url.pathname) {
    case '/ab/account-security/oauth2/authorize':
      return authorize.open(url.searchParams);
    case '/ab/account-security/oauth2/consent':
      return authorize.decide(new URLSearchParams(body));
    case '/api/v3/oauth2/token':
      return answerTokenRequest(new URLSearchParams(body), headers.authorization, key, tokens);
    case '/api/v3/oauth2/token/revoke':
      return answerRevocation(new URLSearchParams(body), key, tokens);
    default: {
      const tenant = headers['x-upwork-api-tenantid'];
      const who = { authorization: headers.authorization, tenant: typeof tenant === 'string' ? tenant : undefined };
      return answerGraphql(readGraphqlRequest(body), who, settings, tokens, clock.now(), roots);
    }
  }
}

function describe(target: Target, method: string, url: URL, body: string): Call {
  const call: Call = { target, method, url, body, operation: undefined, fields: [], variables: {} };
  if (target === 'graphql') {
    const request = readGraphqlRequest(body);
    return { ...call, ...describeOperation(request), variables: request?.variables ?? {} };
  }
  if (target === 'token') {
    const revokes = url.pathname.endsWith('/revoke');
    return { ...call, operation: revokes ? 'revoke' : (new URLSearchParams(body).get('grant_type') ?? undefined) };
  }
  return call;
}

function newEntry(
  { clock }: Marketplace,
  call: Call,
  { headers }: IncomingMessage,
  fault: Fault | undefined,
): JournalEntry {
  const tenant = headers['x-upwork-api-tenantid'];
  return {
    at: new Date(clock.now()).toISOString(),
    target: call.target,
    method: call.method,
    path: call.url.pathname,
    operation: call.operation ?? null,
    fields: call.fields,
    variables: call.variables,
    tenant: typeof tenant === 'string' ? tenant : null,
    status: null,
    fault: fault?.kind ?? null,
    error: null,
  };
}

/** The first `after` anywhere in the variables. */
function cursorOf({ variables }: Call): string | undefined {
  return /"after":"([^"]*)"/.exec(JSON.stringify(variables))?.[1];
}

function firstError({ headers, body }: Reply): string | null {
  if (headers['location']) return new URL(headers['location']).searchParams.get('error');
  if (headers['content-type'] !== 'application/json') return null;
  try {
    const { error, message, errors } = JSON.parse(body) as {
      error?: string;
      message?: string;
      errors?: { message: string }[];
    };
    return error ?? errors?.[0]?.message ?? message ?? null;
  } catch {
    return null;
  }
}

const bodyAtMost = 2_000_000;

/** The body as text; undefined when the client went away or sent too much, in which case there is nobody left to answer. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bodyAtMost) return void request.socket.destroy();
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}

/** Sends a reply whole, with the trace header support asks for (FACTS §2.5). */
export function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, {
    'vnd-eo-trace-id': `sandbox-${status}`,
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
