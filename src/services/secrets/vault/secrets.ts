import { isDeepStrictEqual } from 'node:util';
import { failureOf } from '../failure.ts';
import { type ListingSecretStore, SecretStoreError, type StoredSecret } from '../model.ts';
import { checkedPath } from '../secret-path.ts';
import { absentShape, deletedShape, keysShape, says, secretShape, shaped, writtenShape } from './answers.ts';
import { demandKvV2, type VaultPlace } from './mount.ts';
import { vaultProblems } from './problems.ts';
import type { AskVault } from './requests.ts';
import type { VaultAnswer } from './transport.ts';

/** The four deeds of a store, on KV v2. */
export type VaultSecrets = Pick<ListingSecretStore, 'read' | 'write' | 'remove' | 'list'>;

/** Every write checks and sets. "Nothing there" is believed only when Vault says so in its own words, on a mount that is KV v2 (T6, F42, F43). */
export function createVaultSecrets(ask: AskVault, place: VaultPlace): VaultSecrets {
  const { host, mount, folder } = place;
  const locate = (kind: 'data' | 'metadata', path: string) => `${mount}/${kind}/${folder}/${checkedPath(path)}`;

  async function read(path: string): Promise<StoredSecret | undefined> {
    const answer = await ask({ method: 'GET', path: locate('data', path) });
    if (answer.status === 200) {
      const { data, metadata } = shaped(answer, secretShape, host).data;
      return { data, version: metadata.version };
    }
    if (answer.status !== 404) throw refusalOf(answer, 'data', path, 'read');
    const deleted = deletedShape.safeParse(answer.body);
    if (deleted.success) {
      const { destroyed, version } = deleted.data.data.metadata;
      const secret = `${folder}/${path}`;
      throw destroyed ? vaultProblems.destroyed(secret, version) : vaultProblems.deleted(mount, secret, version);
    }
    if (!absentShape.safeParse(answer.body).success) throw refusalOf(answer, 'data', path, 'read');
    await demandKvV2(ask, place);
    return undefined;
  }

  async function write(path: string, data: Record<string, unknown>, expectedVersion: number): Promise<number> {
    const stored = asStored(data);
    const call = {
      method: 'POST',
      path: locate('data', path),
      body: { options: { cas: expectedVersion }, data: stored },
    } as const;
    try {
      const answer = await ask(call);
      if (answer.status === 200) return shaped(answer, writtenShape, host).data.version;
      if (answer.status === 400 && says(answer, /check-and-set parameter did not match/))
        throw vaultProblems.conflict(`${folder}/${path}`, expectedVersion);
      throw refusalOf(answer, 'data', path, 'create, update');
    } catch (error) {
      const failure = failureOf(error);
      // The write may have been done and its answer lost, now or in an earlier try: then what we wanted is there.
      const unclear = ['conflict', 'unreachable', 'unexpected_response'].includes(failure.code);
      const there = unclear ? await read(path).catch(failureOf) : undefined;
      if (there instanceof SecretStoreError) throw failure.code === 'conflict' ? asConflict(there) : failure;
      if (there?.version === expectedVersion + 1 && isDeepStrictEqual(there.data, stored)) return there.version;
      throw failure;
    }
  }

  async function remove(path: string): Promise<void> {
    const answer = await ask({ method: 'DELETE', path: locate('metadata', path) });
    if (answer.status !== 204 && answer.status !== 200) throw refusalOf(answer, 'metadata', path, 'delete');
  }

  async function listBelow(parent: string): Promise<string[]> {
    const answer = await ask({ method: 'GET', path: `${mount}/metadata/${folder}/${parent}?list=true` });
    if (answer.status === 404 && absentShape.safeParse(answer.body).success) return [];
    if (answer.status !== 200) throw refusalOf(answer, 'metadata', parent, 'list');
    const found: string[] = [];
    // What nobody here could have written is somebody else's.
    const ours = shaped(answer, keysShape, host).data.keys.filter((key) => /^[\w~-]+\/?$/.test(key));
    for (const key of ours)
      found.push(...(key.endsWith('/') ? await listBelow(`${parent}${key}`) : [`${parent}${key}`]));
    return found;
  }

  function refusalOf(answer: VaultAnswer, kind: 'data' | 'metadata', path: string, capability: string) {
    if (answer.status === 403) return vaultProblems.forbidden(`${mount}/${kind}/${folder}/${path}`, capability);
    if (answer.status === 404 && says(answer, /no handler for route/)) return vaultProblems.wrongMount(mount);
    return vaultProblems.unexpected(host, `status ${answer.status} where a secret was asked for`);
  }

  return {
    read,
    write,
    remove,
    list: async () => {
      const paths = await listBelow('');
      // An empty list of a mount that is not KV v2 says nothing.
      if (paths.length === 0) await demandKvV2(ask, place);
      return paths.sort();
    },
  };
}

/** A conflict with a deleted version is one all the same, and says how to bring that back (F42). */
function asConflict(failure: SecretStoreError): SecretStoreError {
  return failure.code === 'deleted' ? new SecretStoreError('conflict', failure.message) : failure;
}

/** As it comes back from JSON. */
const asStored = (data: Record<string, unknown>): unknown => JSON.parse(JSON.stringify(data));
