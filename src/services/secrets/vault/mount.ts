import { mountShape, says, shaped } from './answers.ts';
import { vaultProblems } from './problems.ts';
import type { AskVault } from './requests.ts';

/** Where in Vault: the mount of a KV v2 engine, and the folder in it. */
export interface VaultPlace {
  readonly host: string;
  readonly mount: string;
  readonly folder: string;
}

/**
 * Makes sure that the mount is KV v2 and open to us, before anything there is believed or written: on KV v1 an existing secret looks absent (F41).
 *
 * @throws SecretStoreError `wrong_mount`, `kv_v1`, `permission_denied`, `unreachable` while it is being upgraded
 */
export async function demandKvV2(ask: AskVault, { host, mount, folder }: VaultPlace): Promise<void> {
  const answer = await ask({ method: 'GET', path: `sys/internal/ui/mounts/${mount}/${folder}` });
  if (answer.status === 403) throw await whyNot(ask, { host, mount, folder });
  if (answer.status === 404) throw vaultProblems.wrongMount(mount);
  const { path, type, options } = shaped(answer, mountShape, host).data;
  if (path.replace(/\/$/, '') !== mount)
    throw vaultProblems.wrongMount(mount, `${mount}/`.startsWith(path) ? `the mount there is "${path}"` : undefined);
  if (type !== 'kv')
    throw vaultProblems.wrongMount(mount, /^[a-z]{2,12}$/.test(type) ? `it is of type "${type}"` : undefined);
  if (options?.version !== '2') throw vaultProblems.kvV1(mount);
}

/** Vault gives one refusal for a mount that is missing and for one that no policy mentions; reading there tells which. */
async function whyNot(ask: AskVault, { mount, folder }: VaultPlace) {
  const answer = await ask({ method: 'GET', path: `${mount}/data/${folder}/preflight` });
  const isMissing = answer.status === 404 && says(answer, /no handler for route/);
  return isMissing ? vaultProblems.wrongMount(mount) : vaultProblems.noAccess(mount);
}
