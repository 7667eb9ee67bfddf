import { textOf } from '../call.ts';
import { errors, json, type Reply } from '../http/reply.ts';
import type { Server } from '../server.ts';
import { giveKey } from './seal.ts';

/** `sys/init`, `sys/seal-status`, `sys/unseal`, `sys/leader`: open to anybody, at any time. Undefined for another path. */
export function answerSeal(
  server: Server,
  method: string,
  path: string,
  body: Record<string, unknown>,
): Reply | undefined {
  const writes = method === 'POST' || method === 'PUT';
  switch (path) {
    case 'sys/seal-status':
      return method === 'GET' ? json(200, sealStatus(server)) : errors(405);
    case 'sys/init':
      if (method === 'GET') return json(200, { initialized: server.seal.initialized });
      return writes ? init(server, body) : errors(405);
    case 'sys/unseal':
      return writes ? unseal(server, body) : errors(405);
    case 'sys/leader':
      return method === 'GET' ? leader(server) : errors(405);
    default:
      return undefined;
  }
}

function sealStatus({ seal, settings, clusterId }: Server): Record<string, unknown> {
  return {
    type: 'shamir',
    initialized: seal.initialized,
    sealed: seal.sealed,
    t: seal.threshold,
    n: seal.shares,
    progress: seal.given.size,
    nonce: '',
    version: settings.version,
    [settings.dialect === 'vault' ? 'build_date' : 'commit_date']: '2025-01-15T08:34:11Z',
    migration: false,
    ...(!seal.sealed && { cluster_name: `vault-cluster-${clusterId.slice(0, 8)}`, cluster_id: clusterId }),
    recovery_seal: false,
    storage_type: 'inmem',
  };
}

function init(server: Server, body: Record<string, unknown>): Reply {
  if (server.seal.initialized) return errors(400, 'Vault is already initialized');
  try {
    server.install(Number(body['secret_shares']), Number(body['secret_threshold']));
  } catch (error) {
    return errors(400, (error as Error).message);
  }
  return json(200, {
    keys: server.seal.keys,
    keys_base64: server.seal.keys.map((key) => Buffer.from(key, 'hex').toString('base64')),
    root_token: server.rootToken,
  });
}

function unseal(server: Server, body: Record<string, unknown>): Reply {
  const { seal, settings } = server;
  if (!seal.initialized) return errors(400, 'Vault is not initialized');
  if (body['reset'] === true) {
    seal.given.clear();
    return json(200, sealStatus(server));
  }
  const key = textOf(body['key']);
  if (key === '') return errors(400, "'key' must be specified in request body as JSON, or 'reset' set to true");
  const wasSealed = seal.sealed;
  try {
    giveKey(seal, key);
  } catch (error) {
    return errors(400, (error as Error).message);
  }
  if (wasSealed && !seal.sealed) server.warmUpLeft = settings.warmUpFailures;
  return json(200, sealStatus(server));
}

function leader({ seal, settings }: Server): Reply {
  if (seal.sealed) return errors(503, 'Vault is sealed');
  return json(200, {
    ha_enabled: true,
    is_self: seal.role === 'active',
    leader_address: settings.leaderUrl,
    leader_cluster_address: '',
    ...(settings.dialect === 'vault' && { performance_standby: seal.role === 'perf' }),
  });
}
