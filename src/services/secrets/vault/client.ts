import nodeVault from 'node-vault';
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Fetch } from '../../../network.ts';
import { createVaultTransport, type VaultAnswer } from './transport.ts';

/** One request; `path` without `/v1/`. */
export interface VaultCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly token?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Less than the 10 s a request may take. */
  readonly timeoutMs?: number;
}

/** Vault over HTTP, any status being an answer. */
export interface VaultClient {
  /** Name and port, for messages. */
  readonly host: string;
  /** @throws SecretStoreError `unreachable`, `tls`, `redirected`, `standby`, `unexpected_response`: there was no answer of Vault */
  ask(call: VaultCall): Promise<VaultAnswer>;
}

/** What the client needs. `address` may have a path before `/v1`. */
export interface VaultClientOptions {
  readonly address: string;
  readonly namespace?: string;
  readonly network: { readonly fetch: Fetch };
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
  readonly log: Log;
}

/** node-vault with a transport of ours and without the environment it would read: it builds the requests, nothing else. */
export function createVaultClient({ address, namespace, network, clock, log }: VaultClientOptions): VaultClient {
  const { host } = new URL(address);
  const send = createVaultTransport({ network, clock, host });
  const vault = nodeVault({
    endpoint: address,
    // Its own would print every secret written as soon as DEBUG says so (T4).
    debug: () => {},
    'request-promise': { defaults: () => send },
  });
  // What is left out it takes from VAULT_TOKEN, VAULT_NAMESPACE and VAULT_PREFIX.
  Object.assign(vault, { token: '', namespace: '', pathPrefix: '' });
  return {
    host,
    ask: async ({ method, path, token, body, timeoutMs }) => {
      const started = clock.monotonic();
      const answer: VaultAnswer = await vault.request({
        method,
        path: `/${path}`,
        headers: {
          ...(token !== undefined && { 'X-Vault-Token': token }),
          // Health answers 404 to a namespace (F46).
          ...(namespace !== undefined && path !== 'sys/health' && { 'X-Vault-Namespace': namespace }),
        },
        ...(body && { json: body }),
        ...(timeoutMs !== undefined && { timeoutMs }),
      });
      const durationMs = Math.round(clock.monotonic() - started);
      log.trace({ store: 'vault', method, path, status: answer.status, durationMs }, 'Vault answered.');
      return answer;
    },
  };
}
