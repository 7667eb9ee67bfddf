import { allOperations } from '../client/operations/all-operations.ts';
import { documentIdOf } from '../client/operations/document.ts';
import { systemClock } from '../clock.ts';
import type { Configuration } from '../config.ts';
import { createLogger, type Log } from '../log.ts';
import { ignoredTrust, openSystemFetch, systemFetch } from '../network.ts';
import { systemRandom } from '../random.ts';
import { measure, paid, schema, sdl, toClientError } from '../resolvers/index.ts';
import { createServices } from '../services/create-services.ts';
import { openDatabase } from '../services/database/open.ts';
import { openSecretStore } from '../services/secrets/open-secret-store.ts';
import { ownerToken, prepareHome } from './home.ts';
import { openHttpServer } from './http/open-http-server.ts';
import { keepServerFile } from './server-file.ts';
import { version } from './version.ts';

/** A running server. */
export interface RunningServer {
  /** Base of every link, without a slash at the end. */
  readonly url: string;
  /** Ends everything in the reverse order of opening, within 10 s. Any number of calls. */
  close(): Promise<void>;
}

/**
 * Opens home, database, secret store, services and HTTP server, in this order, and writes `server.json`. What was
 * opened is closed again when a later step fails. The caller closes it.
 *
 * @throws HomeError, DatabaseError, SecretStoreError, or the error of `listen` with its `code` (EADDRINUSE, EACCES)
 */
export async function startServer(configuration: Configuration): Promise<RunningServer> {
  const log = openLog(configuration);
  const closings: (() => unknown)[] = [];
  const closeAll = async () => {
    for (let close = closings.pop(); close; close = closings.pop()) await close();
  };
  let closing: Promise<void> | undefined;
  try {
    const url = await openAll(configuration, log, closings);
    log.info({ url, version, pid: process.pid }, 'Prospector is ready');
    return {
      url,
      close: () => {
        closing ??= closeAll().then(() => log.info('Prospector has stopped'));
        return closing;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function openAll(configuration: Configuration, log: Log, closings: (() => unknown)[]): Promise<string> {
  const outside = { clock: systemClock, random: systemRandom, log };
  prepareHome(configuration.home);
  const token = ownerToken(configuration.home, configuration.ownerToken, systemRandom);
  const db = openDatabase({ path: configuration.databaseFile, ...outside });
  closings.push(db.close);
  const secrets = await openSecretStore({ ...outside, db: db.sql, openFetch: openSystemFetch, configuration });
  closings.push(secrets.close);
  let url: string | undefined;
  const running = createServices({
    ...outside,
    configuration,
    db,
    secrets,
    fetch: systemFetch,
    ownerToken: token,
    version,
    publicUrl: () => {
      if (url === undefined) throw new Error('The public URL is known once the server listens.');
      return url;
    },
  });
  const http = await openHttpServer({
    ...outside,
    api: { schema, sdl, measure, paid, toClientError },
    services: running.services,
    configuration,
    documents: await knownDocuments(),
  });
  closings.push(http.close);
  ({ url } = http);
  closings.push(running.close);
  await running.start();
  const local = configuration.publicUrl === undefined ? http.url : `http://${nameOf(configuration.host)}:${http.port}`;
  const startedAt = systemClock.now().toISOString();
  closings.push(keepServerFile(configuration.home, { url: local, pid: process.pid, startedAt }, outside));
  if (configuration.tlsTrustIsOff)
    log.warn(
      { name: ignoredTrust },
      'The environment says that certificates are not to be verified. Prospector verifies them all the ' +
        'same; unset the variable',
    );
  if (!['localhost', '127.0.0.1', '::1'].includes(configuration.host))
    log.warn({ host: configuration.host }, 'Prospector can be reached from other machines: put TLS in front of it');
  return http.url;
}

/** Where programs on this machine reach it: behind a public URL there may be a proxy that they need not pass. */
function nameOf(host: string): string {
  return host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
}

/** The documents of our own programs, by id. */
async function knownDocuments(): Promise<ReadonlyMap<string, string>> {
  const texts = Object.values(allOperations);
  return new Map(await Promise.all(texts.map(async (text) => [await documentIdOf(text), text] as const)));
}

function openLog({ logLevel, logFormat }: Configuration): Log {
  const format = logFormat ?? (process.stdout.isTTY ? 'pretty' : 'json');
  return createLogger({ level: logLevel, format, destination: process.stdout });
}
