import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Fetch } from '../../../network.ts';
import { failureOf } from '../failure.ts';
import { type ListingSecretStore, SecretStoreError } from '../model.ts';
import { createVaultClient } from './client.ts';
import { createVaultCredentials, type VaultLogin } from './login/credentials.ts';
import { createVaultSession } from './login/session.ts';
import { demandKvV2 } from './mount.ts';
import { vaultProblems } from './problems.ts';
import { createVaultRequests } from './requests.ts';
import { demandUnsealed } from './seal.ts';
import { createVaultSecrets } from './secrets.ts';
import { createVaultWatch } from './watch.ts';

/** Which Vault, how to log in, and where in it. */
export interface VaultSettings extends VaultLogin {
  readonly address: string;
  readonly namespace?: string;
  readonly mount: string;
  readonly path: string;
}

/** What the Vault store needs. The caller keeps and closes the network, after the store. */
export interface VaultStoreOptions extends VaultSettings {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Secrets in Vault's KV v2. Opens whatever state Vault is in: while it cannot be used every call is refused at once with what is wrong, and it is
 * probed until it can (F27, F28). Never writes without check-and-set, never takes a refusal for an absent secret.
 *
 * @throws SecretStoreError `wrong_mount`, `unreachable` for settings that can never work. The caller closes the store.
 */
export async function openVaultStore({
  fetch,
  clock,
  log,
  ...settings
}: VaultStoreOptions): Promise<ListingSecretStore> {
  const address = checkedAddress(settings.address, log);
  const mount = checkedPlace(settings.mount, 'PROSPECTOR_VAULT_MOUNT');
  const folder = checkedPlace(settings.path, 'PROSPECTOR_VAULT_PATH');
  const { namespace } = settings;
  const client = createVaultClient({ address, ...(namespace && { namespace }), network: { fetch }, clock, log });
  const place = { host: client.host, mount, folder };
  const session = createVaultSession({
    client,
    credentials: createVaultCredentials(client, settings, log),
    clock,
    log,
    onTrouble: (failure) => watch.report(failure),
  });
  const ask = createVaultRequests(client, session);
  const secrets = createVaultSecrets(ask, place);
  const watch = createVaultWatch({
    glance: () => demandUnsealed(client),
    probe: async () => {
      await demandUnsealed(client);
      await demandKvV2(ask, place);
    },
    clock,
    log,
  });

  const watched =
    <Input extends unknown[], Result>(work: (...input: Input) => Promise<Result>) =>
    async (...input: Input): Promise<Result> => {
      watch.demand();
      try {
        return await work(...input);
      } catch (error) {
        if (error instanceof TypeError) throw error;
        const failure = failureOf(error);
        watch.report(failure);
        throw failure;
      }
    };

  await watch.start();
  return {
    kind: 'vault',
    place: `Vault at ${client.host}${namespace ? ` (namespace ${namespace})` : ''}, ${mount}/${folder}`,
    read: watched(secrets.read),
    write: watched(secrets.write),
    remove: watched(secrets.remove),
    list: watched(secrets.list),
    check: watch.check,
    onHealthChange: watch.listen,
    close: async () => {
      watch.end();
      await session.end();
    },
  };
}

function checkedAddress(address: string, log: Log): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new SecretStoreError(
      'unreachable',
      'VAULT_ADDR is no address of a Vault. Write it as https://vault.example.com:8200, without user, password or query.',
    );
  if (url.protocol === 'http:' && !/^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
    log.warn(
      { store: 'vault', host: url.host },
      'VAULT_ADDR is plain http: everybody on the way can read the token and the secrets. Use https.',
    );
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Names that mean the same in an URL, in Vault and in a policy. */
function checkedPlace(value: string, variable: string): string {
  const trimmed = value.replace(/^\/+|\/+$/g, '');
  if (/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(trimmed)) return trimmed;
  throw vaultProblems.wrongMount(
    trimmed.replace(/[^\w./-]/g, '?'),
    `${variable} holds characters other than letters, digits, . _ - and /`,
  );
}
