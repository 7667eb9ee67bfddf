import { IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Lets a server answer LIST, which Vault knows and Node's parser does not: it reports the packet it could not read, and that is read here.
 * The connection ends with the answer. Anything else unreadable gets a 400.
 */
export function acceptList(server: Server, listener: Listener): void {
  server.on('clientError', (error: Error & { code?: string; rawPacket?: Buffer }, socket: Duplex) => {
    const head = error.rawPacket?.toString('latin1') ?? '';
    const request = error.code === 'HPE_INVALID_METHOD' ? readHead(head, socket) : undefined;
    if (!request) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      return;
    }
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(request.socket);
    response.on('finish', () => socket.end());
    listener(request, response);
  });
}

/** A LIST without a body, whole in one packet; undefined for anything else. */
function readHead(text: string, socket: Duplex): IncomingMessage | undefined {
  const [, url, fields] = /^LIST (\S+) HTTP\/1\.1\r\n([\s\S]*?\r\n)\r\n/.exec(text) ?? [];
  if (url === undefined || fields === undefined || !(socket instanceof Socket)) return undefined;
  const request = new IncomingMessage(socket);
  request.method = 'LIST';
  request.url = url;
  request.httpVersionMajor = 1;
  request.httpVersionMinor = 1;
  for (const [, name = '', value = ''] of fields.matchAll(/^([^:\r\n]+):[ \t]*(.*?)\r$/gm))
    request.headers[name.toLowerCase()] = value;
  // Else its end would count as a broken connection and close the socket.
  request.complete = true;
  request.push(null);
  return request;
}
