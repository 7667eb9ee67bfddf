import { createServer as createHttp, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Control, createControl } from './control/control.ts';
import { answerControl } from './control/control-endpoint.ts';
import { createServer } from './create-server.ts';
import { acceptList } from './http/list-method.ts';
import { json } from './http/reply.ts';
import { send, serve } from './http/serve.ts';
import { httpsOptions, type Tls } from './http/tls.ts';
import type { ServerOptions } from './server.ts';

/** How to start a double of Vault. */
export interface VaultDoubleOptions extends ServerOptions {
  /** 0: any free one. */
  port?: number;
  controlPort?: number;
  /** PEM texts; present: HTTPS. `clientCa` demands a certificate of the client. */
  tls?: Tls;
}

/** A running double. Whoever started it closes it. */
export interface VaultDouble extends AsyncDisposable {
  /** For `VAULT_ADDR`, without a slash at the end. */
  url: string;
  controlUrl: string;
  rootToken: string;
  /** Hexadecimal; `PUT /v1/sys/unseal` takes them. */
  unsealKeys: string[];
  /** The control port without the port. */
  control: Control;
  /** Closes both ports and every connection. May be called twice. */
  close(): Promise<void>;
}

/** Starts a server and its control port on loopback. Rejects when a port is taken. */
export async function startVaultDouble(options: VaultDoubleOptions = {}): Promise<VaultDouble> {
  let server = createServer(options);
  const control = createControl(
    () => server,
    () => {
      server = createServer({ ...options, uninitialized: true }, server);
    },
    (tls) => {
      if (!options.tls) throw new Error('This double speaks plain HTTP; start it with tls.');
      (http as HttpsServer).setSecureContext(httpsOptions(tls));
    },
  );
  const http = await listen(
    options.port ?? 0,
    options.tls,
    (request, response) => void serve(server, request, response),
  );
  const controlHttp = await listen(options.controlPort ?? 0, undefined, async (request, response) => {
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return;
    const { hostname } = new URL(`http://${request.headers.host}`);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    // A web page in the same browser must not be able to steer the double.
    const isForeign = !/^(?:localhost|127\.0\.0\.1)$/.test(hostname) || request.headers.origin !== undefined;
    send(
      response,
      isForeign
        ? json(403, { error: 'The control port is for programs on this machine.' })
        : answerControl(control, request.method ?? 'GET', path, body),
    );
  }).catch(async (error: unknown) => {
    await end(http);
    throw error;
  });
  const close = async () => {
    await Promise.all([end(http), end(controlHttp)]);
  };
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${portOf(http)}`,
    controlUrl: `http://127.0.0.1:${portOf(controlHttp)}`,
    rootToken: server.rootToken,
    unsealKeys: [...server.seal.keys],
    control,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function listen(port: number, tls: Tls | undefined, listener: RequestListener): Promise<HttpServer> {
  return new Promise((done, fail) => {
    const server = tls ? createHttps(httpsOptions(tls), listener) : createHttp(listener);
    acceptList(server, listener);
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      done(server);
    });
  });
}

function portOf(server: HttpServer): number {
  return (server.address() as AddressInfo).port;
}

function end(server: HttpServer): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
