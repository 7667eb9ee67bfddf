import type { Call, Operation } from '../call.ts';
import type { Engine } from '../engine.ts';
import { type Outcome, refused } from '../http/outcome.ts';
import type { Dialect, Settings } from '../settings.ts';
import { onData, onVersions } from './kv2-data.ts';
import { onConfig, onMetadata } from './kv2-metadata.ts';
import type { Kv2Store } from './kv2-store.ts';

const beingUpgraded =
  'Upgrading from non-versioned to versioned data. This backend will be unavailable for a brief period and will resume service shortly.';

/** A KV v2 engine (RELIABILITY §5, table). `learn` is told every value stored. */
export function createKv2(now: () => number, settings: Settings, learn: (value: unknown) => void): Engine {
  const store: Kv2Store = {
    secrets: new Map(),
    config: { max_versions: 0, cas_required: false, delete_version_after: 0 },
    settings,
    now,
    learn,
  };
  return {
    exists: (path) => {
      const key = /^(?:data|metadata)\/(.*)$/s.exec(path)?.[1];
      return key === undefined ? undefined : store.secrets.has(key);
    },
    answer: (call) => (settings.upgrading ? refused(beingUpgraded) : route(store, call)),
  };
}

function route(store: Kv2Store, call: Call): Outcome {
  const [, verb = '', key = ''] = /^([^/]*)\/(.*)$/s.exec(call.path) ?? [];
  switch (verb) {
    case 'data':
      return onData(store, call, key);
    case 'metadata':
      return onMetadata(store, call, key);
    case 'delete':
    case 'undelete':
    case 'destroy':
      return onVersions(store, call, verb, key);
    default:
      return call.path === 'config' ? onConfig(store, call) : misplaced(call, store.settings.dialect);
  }
}

const commands: Record<Operation, string> = {
  read: 'get',
  update: 'put',
  patch: 'patch',
  delete: 'delete',
  list: 'list',
};

/** A path that would be right on a v1 mount: a 404 with an envelope that warns. */
function misplaced({ path, operation }: Call, dialect: Dialect): Outcome {
  const [product, program] = dialect === 'vault' ? ['Vault', 'vault'] : ['OpenBao', 'bao'];
  const warning = /^(?:data|metadata|delete|undelete|destroy)$/.test(path)
    ? 'Non-listing operations on the root of a K/V v2 mount are not supported.'
    : `Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. If using the ${product} CLI, use '${program} kv ${commands[operation]}' for this operation.`;
  return { kind: 'content', status: 404, content: null, warnings: [warning] };
}
