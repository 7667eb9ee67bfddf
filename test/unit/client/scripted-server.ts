import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';

/** One operation as it arrived. */
export interface Arrived {
  /** Name of the operation; empty where only a documentId came. */
  name: string;
  token: string | undefined;
  body: { query?: string; documentId?: string; variables?: Record<string, unknown> };
}

/** What a subscription of the script can do. */
export interface Feed {
  /** 0 for the first subscription of this server, 1 for the next, … */
  attempt: number;
  next(data: object): void;
  errors(errors: object[]): void;
  /** Errors as the only result, then the end: how the server refuses a cursor. */
  refuse(errors: object[]): void;
  complete(): void;
  /** Ends the socket with a close code, or cuts it without one. */
  close(code?: number): void;
}

/** The server of a test: it answers as the script says and keeps what arrived. */
export interface Script {
  answer?: (arrived: Arrived) => object | { status: number; body: string };
  subscribe?: (arrived: Arrived, feed: Feed) => void;
}

/** Starts it on a free port of the loopback. Speaks GraphQL over HTTP and graphql-transport-ws. */
export async function startScriptedServer(script: Script) {
  const arrived: Arrived[] = [];
  let sockets = 0;
  let attempts = 0;
  const http = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as Arrived['body'];
    const entry = describe(body, request.headers.authorization);
    arrived.push(entry);
    const answer = script.answer?.(entry) ?? {};
    if ('status' in answer && 'body' in answer) response.writeHead(answer.status as number).end(answer.body);
    else response.writeHead(200, { 'content-type': 'application/graphql-response+json' }).end(JSON.stringify(answer));
  });
  const websockets = new WebSocketServer({ server: http, path: '/graphql' });
  websockets.on('connection', (socket: WebSocket, _request: IncomingMessage) => {
    sockets += 1;
    socket.on('close', () => {
      sockets -= 1;
    });
    let token: string | undefined;
    socket.on('message', (raw) => {
      const message = JSON.parse(raw.toString());
      if (message.type === 'connection_init') {
        token = message.payload?.Authorization;
        return socket.send('{"type":"connection_ack"}');
      }
      if (message.type !== 'subscribe') return;
      const entry = describe(message.payload, token);
      arrived.push(entry);
      const send = (type: string, payload?: object) => socket.send(JSON.stringify({ id: message.id, type, payload }));
      script.subscribe?.(entry, {
        attempt: attempts++,
        next: (data) => send('next', { data }),
        errors: (errors) => send('error', errors),
        refuse: (errors) => {
          send('next', { data: null, errors });
          send('complete');
        },
        complete: () => send('complete'),
        close: (code) => (code === undefined ? socket.terminate() : socket.close(code)),
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    arrived,
    /** How many sockets are open now. */
    sockets: () => sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of websockets.clients) socket.terminate();
      websockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function describe(body: Arrived['body'], token: string | undefined): Arrived {
  const [, name = ''] = /(?:query|mutation|subscription) (\w+)/.exec(body.query ?? '') ?? [];
  return { name, token, body };
}
