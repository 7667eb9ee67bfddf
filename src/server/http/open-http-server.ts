import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Credential, createHosts } from '../access/access.ts';
import { fixedLimits } from '../limits.ts';
import type { HttpServerOptions } from '../options.ts';
import { createParts } from '../parts.ts';
import { createAnswer } from './answer.ts';
import { basePathOf } from './base-path.ts';
import { placeConnections } from './connections.ts';
import { createExchange } from './exchange.ts';
import { type RawRefusal, refuseRaw } from './reply.ts';
import { Request } from './request.ts';
import { judgeUpgrade, noRoom } from './upgrade.ts';

/** A server that listens. */
export interface HttpServer {
  /** PROSPECTOR_PUBLIC_URL, else `http://localhost:<port>`. Base of every link, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends everything that is open, within 5 s. Any number of calls. */
  close(): Promise<void>;
}

/** After this long, connections that have not ended by themselves are cut. */
const patienceMs = 3_000;

/**
 * Listens on `host` and `port` (0: any free one) and serves every route of the product on it: GraphQL over HTTP and
 * WebSocket, the event stream, log-in, the OAuth callback, health, metrics. The caller closes it.
 * @throws Error of `listen` with its `code`, e.g. EADDRINUSE or EACCES
 */
export async function openHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { configuration, clock, log } = options;
  const limits = { ...fixedLimits, ...configuration.limits, ...options.limits };
  const server = createServer({
    IncomingMessage: Request,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
    keepAliveTimeout: limits.keepAliveMs,
  });
  const port = await listen(server, configuration);
  const url = configuration.publicUrl ?? `http://localhost:${port}`;
  const hosts = createHosts({ ...configuration, port, publicUrl: url });
  const base = basePathOf(url);
  const parts = createParts({ ...options, limits, publicUrl: url });
  const connections = placeConnections(server, { limits, clock, nextRequestId: parts.nextRequestId });
  const answer = createAnswer({ ...parts, connections, hosts, clock, log });

  let closing: Promise<void> | undefined;
  let unanswered = 0;
  // Connections that wait for a next request, or have not begun one, would be kept for a while.
  const cutWhenIdle = () => {
    if (closing && unanswered === 0) setImmediate(() => server.closeAllConnections());
  };
  server.on('request', (req, res) => {
    unanswered += 1;
    res.once('close', () => {
      unanswered -= 1;
      cutWhenIdle();
    });
    void answer(createExchange(req, res, parts.nextRequestId(), base));
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refuse = (refusal: RawRefusal) =>
      refuseRaw(socket, { ...refusal, requestId: parts.nextRequestId() }, () => socket.destroy());
    const refusal = judgeUpgrade(request, { base, hosts });
    if (refusal) return refuse(refusal);
    const hold = (credential: Credential) => connections.hold(request.socket, credential);
    if (!parts.webSockets.accept({ request, socket, head, hold })) refuse(noRoom);
  });

  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    parts.live.close();
    parts.webSockets.close();
    const cancel = clock.after(patienceMs, () => server.closeAllConnections());
    await closed;
    cancel();
  };
  return {
    url,
    port,
    close: () => {
      closing ??= close();
      cutWhenIdle();
      return closing;
    },
  };
}

function listen(server: Server, { host, port }: HttpServerOptions['configuration']): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
