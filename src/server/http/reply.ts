import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RefusalCode, type RefusalDetails, statusOf } from '../refusal/refusal.ts';
import type { Exchange } from './exchange.ts';

/**
 * Headers of every reply (RELIABILITY §4.50): nothing is framed, sniffed, cached, told to other sites or run unless it
 * is a file of ours.
 */
export function protect({ res, requestId }: Pick<Exchange, 'res' | 'requestId'>): void {
  const headers = {
    'x-request-id': requestId,
    'content-security-policy': policy(),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
}

/** The Content-Security-Policy of all our pages, with what one of them needs beyond it. */
export function policy(more: readonly string[] = []): string {
  return [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...more,
  ].join('; ');
}

/** Sends `body` whole. HEAD gets the headers alone. */
export function send(res: ServerResponse, status: number, type: string, body: string): void {
  res.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  res.end(body);
}

/** Sends a short line of text. */
export function sendText(res: ServerResponse, status: number, line: string): void {
  send(res, status, 'text/plain; charset=utf-8', `${line}\n`);
}

/** Sends a page. */
export function sendPage(res: ServerResponse, status: number, html: string): void {
  send(res, status, 'text/html; charset=utf-8', html);
}

/** Leads a browser to a fixed place of ours, never to one a request named (F126). */
export function leadTo(res: ServerResponse, location: string): void {
  res.writeHead(303, { location }).end();
}

/** Refuses a request: every error of this server, GraphQL or not, is a GraphQL error as JSON. */
export function refuse(
  { req, res, requestId }: Pick<Exchange, 'req' | 'res' | 'requestId'>,
  code: RefusalCode,
  message: string,
  { status = statusOf[code], headers = {}, extensions = {} }: RefusalDetails = {},
): void {
  if (res.headersSent) return void res.destroy();
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  // What is left of the body is read and dropped (for 30 s at most): closing at once could reset the connection
  // before this answer arrives.
  if (!req.complete) req.resume();
  const type = req.headers.accept?.includes('application/graphql-response+json')
    ? 'application/graphql-response+json'
    : 'application/json';
  const error = { message, extensions: { ...extensions, code, requestId } };
  send(res, status, `${type}; charset=utf-8`, JSON.stringify({ errors: [error] }));
}

/** Refuses who shows no credential, or none that is any good. */
export function refuseStranger(exchange: Exchange): void {
  const shown = exchange.req.headers.authorization !== undefined;
  refuse(
    exchange,
    'UNAUTHENTICATED',
    shown
      ? 'This token is unknown, revoked or expired. Use the one in the `owner-token` file of ' +
          'PROSPECTOR_HOME, or make one with createApiToken.'
      : 'This needs a token. Send one as `Authorization: Bearer prs_…`, or log in at /login.',
    { headers: { 'www-authenticate': `Bearer realm="Prospector"${shown ? ', error="invalid_token"' : ''}` } },
  );
}

/** Why a connection may not become a WebSocket, or may not stay at all. */
export interface RawRefusal {
  readonly status: number;
  readonly code: RefusalCode;
  readonly message: string;
}

/** Seconds after which a place may have become free. */
export const retryAfter = '5';

/**
 * Ends a connection for which there is no `ServerResponse`, with plain HTTP and the body that every refusal has. `sent`
 * is called when all of it has left.
 */
export function refuseRaw(
  socket: Duplex,
  { status, code, message, requestId }: RawRefusal & { readonly requestId: string },
  sent?: () => void,
): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code, requestId } }] });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...(status === 503 ? [`retry-after: ${retryAfter}`] : []),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, sent);
}
