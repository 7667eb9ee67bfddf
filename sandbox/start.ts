import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Control, createControl } from './control/control.ts';
import { answerControl } from './control/control-endpoint.ts';
import { createMarketplace, type MarketplaceOptions } from './marketplace.ts';
import { isLoopback } from './oauth/authorize-endpoint.ts';
import { json } from './reply.ts';
import { readBody, send, serve } from './serve.ts';

/** How to start a sandbox. */
export interface SandboxOptions extends MarketplaceOptions {
  /** Of the marketplace; 0: any free one. */
  port?: number;
  /** Of the control port; 0: any free one. */
  controlPort?: number;
}

/** A running sandbox. Whoever started it closes it. */
export interface Sandbox extends AsyncDisposable {
  url: string;
  authorizeUrl: string;
  tokenUrl: string;
  graphqlUrl: string;
  controlUrl: string;
  clientId: string;
  clientSecret: string;
  /** The control port without the port. */
  control: Control;
  /** Closes both ports and every connection. May be called twice. */
  close(): Promise<void>;
}

/** Starts a marketplace and its control port on loopback. Rejects when a port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  let marketplace = createMarketplace(options);
  const { key } = marketplace;
  const control = createControl(
    () => marketplace,
    () => {
      marketplace = createMarketplace(options, key);
    },
  );
  const server = await listen(options.port ?? 0, (request, response) => void serve(marketplace, request, response));
  const controlServer = await listen(options.controlPort ?? 0, async (request, response) => {
    const body = await readBody(request);
    if (body === undefined) return;
    const { hostname } = new URL(`http://${request.headers.host}`);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    // A web page in the same browser must not be able to steer the sandbox.
    const isForeign = !isLoopback(hostname) || request.headers.origin !== undefined;
    send(
      response,
      isForeign
        ? json(403, { error: 'The control port is for programs on this machine.' })
        : answerControl(control, request.method ?? 'GET', path, body),
    );
  }).catch(async (error: unknown) => {
    await end(server);
    throw error;
  });
  const url = addressOf(server);
  const close = async () => {
    await Promise.all([end(server), end(controlServer)]);
  };
  return {
    url,
    authorizeUrl: `${url}/ab/account-security/oauth2/authorize`,
    tokenUrl: `${url}/api/v3/oauth2/token`,
    graphqlUrl: `${url}/graphql`,
    controlUrl: addressOf(controlServer),
    ...key,
    control,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function listen(port: number, listener: RequestListener): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer(listener);
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      done(server);
    });
  });
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function end(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
