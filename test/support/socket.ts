import type { ClientRequestArgs } from 'node:http';
import WebSocket from 'ws';

/** A message of `graphql-transport-ws`. */
export interface SocketMessage {
  readonly type: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read into payloads of every shape
  readonly payload?: any;
}

/** A WebSocket of a test, message by message, without a client library between. */
export interface TestSocket {
  readonly socket: WebSocket;
  send(message: object | string): void;
  /** `connection_init` with a bearer token, acknowledged. */
  init(token: string): Promise<void>;
  /** The next message that has not been taken. Rejects when the socket closes first. */
  next(): Promise<SocketMessage>;
  /** Code and reason, once it has closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Messages not taken. */
  readonly waiting: readonly SocketMessage[];
}

/** Opens a socket; rejects with the HTTP status where the server refuses it. */
export function openSocket(
  port: number,
  options: { headers?: Record<string, string>; protocol?: string; path?: string } & Pick<
    ClientRequestArgs,
    'localAddress'
  > = {},
): Promise<TestSocket> {
  const socket = new WebSocket(
    `ws://localhost:${port}${options.path ?? '/graphql'}`,
    options.protocol ?? 'graphql-transport-ws',
    {
      headers: options.headers ?? {},
      family: 4,
      // A server that never answers fails the test by name instead of by its time.
      handshakeTimeout: 30_000,
      ...(options.localAddress && { localAddress: options.localAddress }),
    },
  );
  const waiting: SocketMessage[] = [];
  const takers: { resolve: (message: SocketMessage) => void; reject: (error: Error) => void }[] = [];
  socket.on('message', (text) => {
    const message = JSON.parse(String(text)) as SocketMessage;
    const taker = takers.shift();
    if (taker) taker.resolve(message);
    else waiting.push(message);
  });
  let end: Error | undefined;
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: String(reason) });
      end = new Error(`The socket closed with ${code} ${reason}.`);
      for (const taker of takers.splice(0)) taker.reject(end);
    });
  });
  const send = (message: object | string) =>
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const next = () => {
    const message = waiting.shift();
    if (message) return Promise.resolve(message);
    if (end) return Promise.reject(end);
    return new Promise<SocketMessage>((resolve, reject) => takers.push({ resolve, reject }));
  };
  const init = async (token: string) => {
    send({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } });
    const { type } = await next();
    if (type !== 'connection_ack') throw new Error(`The server answered ${type}.`);
  };
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ socket, send, init, next, closed, waiting }));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      reject(Object.assign(new Error(`HTTP ${response.statusCode}`), { status: response.statusCode }));
    });
    socket.on('error', reject);
  });
}
