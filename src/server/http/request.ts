import { IncomingMessage } from 'node:http';

const asked = new WeakMap<object, unknown>();

/**
 * A request that is an upgrade only where it asks for a WebSocket. What else a client offers to speak (`h2c`, which
 * Java's sends with every request) may be ignored, and the request is answered as HTTP/1.1 (RFC 9110 §7.8). Node asks
 * this property once the headers are read.
 */
export class Request extends IncomingMessage {
  get upgrade(): unknown {
    return asked.get(this) && /(?:^|,)\s*websocket\s*(?:,|$)/i.test(this.headers.upgrade ?? '');
  }
  set upgrade(value: unknown) {
    asked.set(this, value);
  }
}
