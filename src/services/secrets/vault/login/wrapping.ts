import type { Log } from '../../../../log.ts';
import { served, shaped, unwrapShape, wrapLookupShape } from '../answers.ts';
import type { VaultClient } from '../client.ts';
import { vaultProblems } from '../problems.ts';

/**
 * The secret_id in a wrapping token, which works once. A token that was opened before, or that wraps something made elsewhere, means that somebody
 * may have come in between: that is an alarm, not a mistake to retry (F49).
 *
 * @throws SecretStoreError `auth_failed`, and those of the client
 */
export async function unwrapSecretId(client: VaultClient, wrapping: string, log: Log): Promise<string> {
  const lookup = served(
    await client.ask({ method: 'POST', path: 'sys/wrapping/lookup', body: { token: wrapping } }),
    client.host,
  );
  if (lookup.status !== 200) throw alarm(log, 'it was opened before, or has expired');
  const { creation_path: path } = shaped(lookup, wrapLookupShape, client.host).data;
  if (!/^(?:[\w./-]+\/)?auth\/approle\/role\/[^/]+\/(?:custom-)?secret-id$/.test(path))
    throw alarm(log, 'it does not wrap a secret_id');
  const opened = served(
    await client.ask({ method: 'POST', path: 'sys/wrapping/unwrap', token: wrapping }),
    client.host,
  );
  if (opened.status !== 200) throw alarm(log, 'it was opened by somebody else at this moment');
  return shaped(opened, unwrapShape, client.host).data.secret_id;
}

function alarm(log: Log, reason: string) {
  log.error(
    { store: 'vault', reason },
    'The wrapping token of the secret_id cannot be trusted: somebody else may have its secret_id.',
  );
  return vaultProblems.refused(
    `The wrapping token of the secret_id cannot be used: ${reason}`,
    'If nobody of yours opened it, somebody else may have the secret_id: revoke it. Then wrap a new one and put it where VAULT_SECRET_ID_FILE or VAULT_SECRET_ID points.',
  );
}
