import { readFileSync } from 'node:fs';
import type { Database as Sqlite } from 'better-sqlite3';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { OpenFetch } from '../../network.ts';
import type { Random } from '../../random.ts';
import type { KeySource } from './embedded/encryption-key.ts';
import { openEmbeddedStore } from './embedded/open-embedded-store.ts';
import { guardStore } from './guard-store.ts';
import { type ListingSecretStore, SecretStoreError } from './model.ts';
import { claimStore } from './store-in-use.ts';
import type { VaultSettings } from './vault/open-vault-store.ts';

/** The part of the configuration that is about secrets: with `vault` they live there, else in the database. */
export interface SecretsConfiguration extends KeySource {
  readonly vault?: VaultSettings & { readonly caCertFile?: string };
}

/** What a store needs. The caller keeps and closes `db`. */
export interface SecretStoreOptions {
  readonly db: Sqlite;
  readonly clock: Clock;
  readonly random: Pick<Random, 'bytes'>;
  readonly openFetch: OpenFetch;
  readonly log: Log;
  readonly configuration: SecretsConfiguration;
}

/**
 * Opens the store that the configuration asks for, if it is the one this database's secrets are in. A Vault that is away is no reason not to open.
 *
 * @throws SecretStoreError `wrong_store`; for the embedded store `key_missing`, `key_mismatch`, `key_permissions`, `corrupt`, `write_failed`; for
 * Vault `tls` for a certificate file that cannot be read, and settings that can never work. The caller closes the store.
 */
export async function openSecretStore(options: SecretStoreOptions): Promise<ListingSecretStore> {
  const { db, configuration } = options;
  claimStore(db, configuration.vault ? 'vault' : 'embedded');
  return guardStore(
    db,
    configuration.vault ? await openVault(configuration.vault, options) : await openEmbedded(options),
  );
}

/** The embedded store, whichever is in use. @throws SecretStoreError as `openSecretStore` */
export function openEmbedded({ db, random, configuration }: SecretStoreOptions): Promise<ListingSecretStore> {
  const { keyFile, passphraseFile } = configuration;
  return openEmbeddedStore({ db, random, keyFile, ...(passphraseFile !== undefined && { passphraseFile }) });
}

/** The Vault store with a network of its own, whichever is in use. @throws SecretStoreError as `openSecretStore` */
export async function openVault(
  { caCertFile, ...settings }: NonNullable<SecretsConfiguration['vault']>,
  { clock, openFetch, log }: SecretStoreOptions,
): Promise<ListingSecretStore> {
  // Loaded here: whoever has no Vault need not wait for its libraries.
  const { openVaultStore } = await import('./vault/open-vault-store.ts');
  const network = openFetch({
    connectTimeoutMs: 3_000,
    ...(caCertFile !== undefined && { ca: readCertificates(caCertFile) }),
  });
  try {
    const store = await openVaultStore({ ...settings, fetch: network.fetch, clock, log });
    return {
      ...store,
      close: async () => {
        await store.close();
        await network.close();
      },
    };
  } catch (error) {
    await network.close();
    throw error;
  }
}

function readCertificates(path: string): string {
  let text = '';
  let reason = 'it holds no certificate';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    reason = (error as NodeJS.ErrnoException).code ?? 'error';
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new SecretStoreError(
    'tls',
    `The certificate file ${path} cannot be used (${reason}). Correct VAULT_CACERT, or unset it to trust the machine's authorities.`,
  );
}
