import { createClock } from '../clock.ts';
import { createAppRole } from './approle/approle.ts';
import { createTokenEngine } from './auth/token-engine.ts';
import { createTokens } from './auth/tokens.ts';
import { createFaults } from './control/faults.ts';
import { createJournal } from './control/journal.ts';
import type { Engine } from './engine.ts';
import { letters, newTokenId, uuid } from './ids.ts';
import { createKv1 } from './kv/kv1.ts';
import { createKv2 } from './kv/kv2.ts';
import { type Mount, newRealm, type Realm } from './realm.ts';
import { createSecrets } from './secrets.ts';
import { type MountWish, root, type Server, type ServerOptions } from './server.ts';
import { defaultSettings } from './settings.ts';
import { createQuotas } from './sys/quotas.ts';
import { initialize, newSeal } from './sys/seal.ts';
import { createSys } from './sys/sys.ts';
import { createWraps } from './sys/wraps.ts';
import { createTransit } from './transit/transit.ts';

/** What outlives a server that is installed anew. */
type Kept = Pick<Server, 'clock' | 'settings' | 'journal' | 'faults'>;

/** A development server: initialised, unsealed, KV v2 at `secret/`, a root token. With `uninitialized` nothing of it. */
export function createServer(options: ServerOptions = {}, kept?: Kept): Server {
  const clock = kept?.clock ?? createClock(options.start, options.running ?? true);
  const settings = kept?.settings ?? { ...defaultSettings(options.dialect ?? 'vault'), ...options.settings };
  const secrets = createSecrets();
  const server: Server = {
    clock,
    settings,
    seal: newSeal(),
    tokens: createTokens(clock.now, settings, secrets.learn),
    realms: new Map(),
    wraps: createWraps(clock.now, settings, secrets.learn),
    quotas: createQuotas(clock.now),
    faults: kept?.faults ?? createFaults(),
    journal: kept?.journal ?? createJournal(),
    secrets,
    clusterId: uuid(),
    warmUpLeft: 0,
    rootToken: '',
    install: (shares, threshold, rootToken) => install(server, shares, threshold, rootToken),
    addRealm: (namespace) => addRealm(server, namespace),
    mount: (realm, path, wish) => mount(server, realm, path, wish),
  };
  if (options.uninitialized) return server;
  server.install(options.shares ?? 1, options.threshold ?? 1, options.rootToken);
  server.mount(root(server), 'secret/', { type: 'kv', options: { version: '2' } });
  server.seal.sealed = false;
  return server;
}

function install(server: Server, shares: number, threshold: number, rootToken: string | undefined): void {
  initialize(server.seal, shares, threshold);
  server.secrets.learn(server.seal.keys);
  addRealm(server, '');
  server.rootToken = server.tokens.issue({
    id: rootToken ?? newTokenId('service', server.settings.dialect),
    policies: ['root'],
    path: 'auth/token/root',
    displayName: 'root',
    ttl: null,
  }).token.id;
}

function addRealm(server: Server, namespace: string): Realm {
  const realm = newRealm(namespace);
  server.realms.set(namespace, realm);
  mount(server, realm, 'sys/', { type: 'system' });
  mount(server, realm, 'auth/token/', { type: 'token' });
  return realm;
}

function mount(server: Server, realm: Realm, path: string, wish: MountWish): Mount {
  if ([...realm.mounts.keys()].some((taken) => taken.startsWith(path) || path.startsWith(taken)))
    throw new Error(`path is already in use at ${path}`);
  const { type, options = null, description = '' } = wish;
  const added: Mount = {
    path,
    type,
    description,
    options,
    accessor: `${path.startsWith('auth/') ? 'auth_' : ''}${type}_${letters(8).toLowerCase()}`,
    uuid: uuid(),
    engine: createEngine(server, realm, path, wish),
  };
  realm.mounts.set(path, added);
  return added;
}

function createEngine(server: Server, realm: Realm, mountPath: string, { type, options }: MountWish): Engine {
  const { tokens, settings, secrets } = server;
  const { learn } = secrets;
  const { now } = server.clock;
  switch (type) {
    case 'system':
      return createSys(server, realm);
    case 'token':
      return createTokenEngine(now, tokens, realm.namespace);
    case 'approle':
      return createAppRole({ now, settings, tokens, namespace: realm.namespace, mountPath, learn });
    case 'kv':
      return options?.['version'] === '2' ? createKv2(now, settings, learn) : createKv1(learn);
    case 'transit':
      return createTransit(now, learn);
    default:
      throw new Error(`plugin not found in the catalog: ${type}`);
  }
}
