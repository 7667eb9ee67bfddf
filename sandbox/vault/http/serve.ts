import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Fault } from '../control/faults.ts';
import type { JournalEntry } from '../control/journal.ts';
import type { Server } from '../server.ts';
import { answer } from './answer.ts';
import { errors, json, type Reply } from './reply.ts';
import { type Request, tokenOf } from './request.ts';

/** Answers one request, or, where a fault says so, does not. Never rejects. */
export async function serve(server: Server, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(incoming, server.settings.maxRequestSize + 1);
  if (!body) return;
  const request = readRequest(incoming, body);
  if (!request) return send(response, errors(400));
  const fault = server.faults.take(request.method, request.path.replace(/^\/v1\//, ''));
  const entry = server.journal.add(newEntry(server, request, fault));
  if (fault?.kind === 'hang') return;
  if (fault?.kind === 'reset') return void incoming.socket.destroy();
  if (fault?.kind === 'slow') await wait(fault.delayMs ?? 1000);
  const reply = (fault && replyInstead(fault, request)) ?? answer(server, request);
  if (fault?.kind === 'reset-after') return void incoming.socket.destroy();
  entry.status = reply.status;
  entry.error = server.secrets.hide(firstError(reply));
  if (fault?.kind === 'truncate') return truncate(incoming, response, reply, fault);
  if (fault?.kind === 'drip') return drip(response, reply, fault.delayMs ?? 1000);
  send(response, reply, request.headers['x-vault-namespace']);
}

/** The body, cut off beyond a limit; undefined when the client went away. */
async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      if (size < limit) chunks.push(chunk);
      size += chunk.length;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function readRequest(
  { method = 'GET', url = '/', headers, socket }: IncomingMessage,
  body: Buffer,
): Request | undefined {
  const [path = '/', query = ''] = url.split('?');
  try {
    return {
      method,
      path: decodeURIComponent(path),
      target: url,
      query: new URLSearchParams(query),
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body,
      remoteAddress: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    };
  } catch {
    return undefined;
  }
}

function newEntry(server: Server, request: Request, fault: Fault | undefined): JournalEntry {
  const { secrets, clock, tokens } = server;
  const token = tokenOf(request);
  secrets.learn(token);
  const places: [string, string][] = [
    ['path', request.path],
    ['query', [...request.query].flat().join(' ')],
    ...Object.entries(request.headers).filter(([name]) => name !== 'x-vault-token' && name !== 'authorization'),
  ];
  return {
    at: new Date(clock.now()).toISOString(),
    elapsedMs: Math.round(performance.now()),
    method: request.method,
    path: secrets.hide(request.path.replace(/^\/v1\//, '')),
    query: [...request.query.keys()].map((name) => secrets.hide(name)),
    namespace: request.headers['x-vault-namespace'] ?? null,
    accessor: tokens.find(token)?.accessor || null,
    status: null,
    fault: fault?.kind ?? null,
    error: null,
    strays: places.filter(([, text]) => secrets.findIn(text).length > 0).map(([place]) => place),
  };
}

function replyInstead(
  { kind, status = 500, body = '', headers = {}, location = '' }: Fault,
  { target }: Request,
): Reply | undefined {
  if (kind === 'redirect')
    return { status: status === 500 ? 307 : status, headers: { location: new URL(target, location).href }, body: '' };
  if (kind !== 'status') return undefined;
  if (typeof body !== 'string') return json(status, body, headers);
  return { status, headers: { 'cache-control': 'no-store', 'content-type': 'application/json', ...headers }, body };
}

function firstError({ body }: Reply): string {
  try {
    return (JSON.parse(body) as { errors?: string[] } | null)?.errors?.[0] ?? '';
  } catch {
    return '';
  }
}

/** Announces the whole and cuts the connection, or, unannounced, ends as if that were all. */
function truncate(incoming: IncomingMessage, response: ServerResponse, reply: Reply, fault: Fault): void {
  const whole = Buffer.from(reply.body);
  const part = whole.subarray(0, fault.bytes ?? Math.floor(whole.length / 2));
  if (fault.announce === false) {
    send(response, { ...reply, body: part.toString() });
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': whole.length });
  response.write(part, () => incoming.socket.destroy());
}

async function drip(response: ServerResponse, reply: Reply, delayMs: number): Promise<void> {
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': bytes.length });
  for (let at = 0; at < bytes.length && !response.destroyed; at++) {
    response.write(bytes.subarray(at, at + 1));
    await wait(delayMs);
  }
  response.end();
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds).unref());
}

/** Sends a reply whole. The namespace a client named comes back to it. */
export function send(response: ServerResponse, { status, headers, body }: Reply, namespace?: string): void {
  response.writeHead(status, {
    ...headers,
    ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
    ...(status !== 204 && { 'content-length': Buffer.byteLength(body) }),
  });
  response.end(body);
}
