import { statSync } from 'node:fs';
import type { Log } from '../../../../log.ts';
import { readSecretFile } from '../../../../secret-file.ts';
import { failureOf } from '../../failure.ts';
import type { SecretStoreError } from '../../model.ts';
import { loginShape, lookupShape, says, served, shaped } from '../answers.ts';
import type { VaultClient } from '../client.ts';
import { vaultProblems } from '../problems.ts';
import type { VaultAnswer } from '../transport.ts';
import { isRefusedSelf } from './token.ts';
import { unwrapSecretId } from './wrapping.ts';

/** A token that Vault takes. */
export interface VaultGrant {
  readonly token: string;
  /** How long it lives from now on; undefined: for ever, or Vault does not say. */
  readonly leaseMs: number | undefined;
  readonly renewable: boolean;
}

/** A way to a token. */
export interface VaultCredentials {
  /** True when each grant is a new token, made for us: then another may be had before one ends, and it is ours to revoke. */
  readonly makesTokens: boolean;
  /** True when a file holds another token than the one granted last: worth another try at once (F53). */
  hasChanged(): boolean;
  /** @throws SecretStoreError `auth_failed` when Vault refuses them, naming what to renew; and those of the client */
  grant(): Promise<VaultGrant>;
}

/** One of the three ways to log in; the first that is given is used. `secretIdWrapped`: the secret_id is a wrapping token. */
export interface VaultLogin {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly roleId?: string;
  readonly secretId?: string;
  readonly secretIdFile?: string;
  readonly secretIdWrapped: boolean;
}

/** Holds nothing open; files are read when a token is wanted, never earlier. */
export function createVaultCredentials(client: VaultClient, login: VaultLogin, log: Log): VaultCredentials {
  const { token, tokenFile } = login;
  if (token !== undefined) return ownToken(client, () => printable(token, 'VAULT_TOKEN'), 'VAULT_TOKEN');
  if (tokenFile !== undefined) return tokenOfFile(client, tokenFile);
  return approle(client, login, log);
}

function ownToken(client: VaultClient, read: () => string, source: string): VaultCredentials {
  return { makesTokens: false, hasChanged: () => false, grant: () => lookUp(client, read(), source) };
}

function tokenOfFile(client: VaultClient, path: string): VaultCredentials {
  let seen = '';
  const stamp = () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
  };
  const read = () => {
    seen = stamp();
    return readLoginFile(path, 'VAULT_TOKEN_FILE');
  };
  return { ...ownToken(client, read, `the token in ${path}`), hasChanged: () => stamp() !== seen };
}

/** What Vault knows of a token that was given to us. */
async function lookUp(client: VaultClient, token: string, source: string): Promise<VaultGrant> {
  const answer = served(await client.ask({ method: 'GET', path: 'auth/token/lookup-self', token }), client.host);
  if (isRefusedSelf(answer))
    throw vaultProblems.refused(
      `Vault does not accept ${source}: it has expired, was revoked, or is for another Vault or namespace`,
      'Make a new one (vault token create -policy=prospector -period=24h), put it there, and start Prospector again unless it is in a file.',
    );
  if (answer.status === 403) return { token, leaseMs: undefined, renewable: false };
  const { ttl, expire_time, renewable } = shaped(answer, lookupShape, client.host).data;
  return { token, leaseMs: expire_time === null && ttl === 0 ? undefined : ttl * 1_000, renewable };
}

function approle(client: VaultClient, login: VaultLogin, log: Log): VaultCredentials {
  let opened:
    | { readonly wrapping: string; readonly secretId?: string; readonly refusal?: SecretStoreError }
    | undefined;
  /** A wrapping token works once: what was in it is kept for later log-ins, and one that raised the alarm is not tried again. */
  const unwrap = async (wrapping: string) => {
    if (opened?.wrapping !== wrapping)
      opened = await unwrapSecretId(client, wrapping, log).then(
        (secretId) => ({ wrapping, secretId }),
        (error: unknown) => {
          const refusal = failureOf(error);
          if (refusal.code !== 'auth_failed') throw refusal;
          return { wrapping, refusal };
        },
      );
    if (opened.refusal) throw opened.refusal;
    return opened.secretId;
  };
  const secretId = async () => {
    const given = login.secretIdFile ? readLoginFile(login.secretIdFile, 'VAULT_SECRET_ID_FILE') : login.secretId;
    return login.secretIdWrapped && given !== undefined ? unwrap(given) : given;
  };
  return {
    makesTokens: true,
    hasChanged: () => false,
    grant: async () => {
      const body = { role_id: login.roleId, secret_id: await secretId() };
      const answer = served(await client.ask({ method: 'POST', path: 'auth/approle/login', body }), client.host);
      if (answer.status >= 400) throw refusedLogin(answer, login);
      const { auth } = shaped(answer, loginShape, client.host);
      const leaseMs = auth.lease_duration === 0 ? undefined : auth.lease_duration * 1_000;
      return { token: auth.client_token, leaseMs, renewable: auth.renewable };
    },
  };
}

function refusedLogin(answer: VaultAnswer, { secretIdFile }: VaultLogin) {
  const place = secretIdFile ?? 'VAULT_SECRET_ID';
  if (says(answer, /CIDR/))
    return vaultProblems.refused(
      'Vault does not accept the secret_id from this address (its CIDR list)',
      'Allow the address on the AppRole, or make a secret_id that may be used from here.',
    );
  if (answer.status === 400)
    return vaultProblems.refused(
      'Vault does not accept the role_id or the secret_id: used up, expired, or mistyped',
      `Make a new secret_id (vault write -f auth/approle/role/<role>/secret-id), put it into ${place}, and check VAULT_ROLE_ID.`,
    );
  return vaultProblems.refused(
    'Vault refuses to log in with AppRole: it is not enabled at auth/approle, VAULT_NAMESPACE is another, or wrong secret_ids have locked the role for 15 minutes',
    `Check these, and the secret_id in ${place}.`,
  );
}

/** Content of a file whose writer may be at it. */
function readLoginFile(path: string, variable: string): string {
  const found = readSecretFile(path);
  if ('text' in found) return printable(found.text.trim(), path);
  if ('problem' in found) throw vaultProblems.refused(found.problem, '');
  throw vaultProblems.refused(`${path} does not exist`, `Put it there, or correct ${variable}.`);
}

function printable(text: string, place: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw vaultProblems.refused(
    `${place} is empty or holds more than one word`,
    'Write the token or secret_id there alone, on one line.',
  );
}
