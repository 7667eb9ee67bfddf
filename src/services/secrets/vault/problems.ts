import { SecretStoreError } from '../model.ts';

/**
 * What can be wrong with Vault, each with its remedy. Texts of the server are never repeated: who answers may be somebody else, and may answer with
 * what we sent.
 */
export const vaultProblems = {
  sealed: () =>
    new SecretStoreError('sealed', 'Vault is sealed. Unseal it (vault operator unseal), Prospector goes on by itself.'),
  uninitialized: () =>
    new SecretStoreError(
      'uninitialized',
      'Vault is not initialized. Initialize and unseal it (vault operator init), or set VAULT_ADDR to the right server.',
    ),
  standby: () =>
    new SecretStoreError(
      'standby',
      'This node of Vault is a standby that does not forward. Wait for the election to end, or set VAULT_ADDR to the active node or a load balancer; redirects are not followed, the token would travel with them.',
    ),
  redirected: (host: string) =>
    new SecretStoreError(
      'redirected',
      `Vault at ${host} redirects elsewhere, which is refused, since the token would travel with it. Set VAULT_ADDR to the address of Vault itself, with the right scheme.`,
    ),
  unreachable: (host: string, reason: string, cause?: Error) =>
    new SecretStoreError(
      'unreachable',
      `Vault at ${host} cannot be reached (${reason}). Check that it runs, that VAULT_ADDR is right, and that the network lets requests through; Prospector tries again by itself.`,
      cause ? { cause } : {},
    ),
  failing: (host: string, status: number) =>
    new SecretStoreError(
      'unreachable',
      `Vault at ${host} answers with errors (${status}). This is normal for some seconds after an unseal, else look at its log; Prospector tries again by itself.`,
    ),
  upgrading: () =>
    new SecretStoreError(
      'unreachable',
      'The mount is being upgraded to KV v2. Wait for it to end; Prospector tries again by itself.',
    ),
  rateLimited: (retryAfterMs?: number) =>
    new SecretStoreError(
      'rate_limited',
      'Vault refuses requests because a rate limit quota is exceeded. Wait, or raise the quota (vault read sys/quotas/rate-limit); Prospector tries again by itself.',
      retryAfterMs === undefined ? {} : { retryAfterMs },
    ),
  tls: (host: string, reason: string, cause: Error) =>
    new SecretStoreError(
      'tls',
      `The certificate or encryption of Vault at ${host} is not trusted (${reason}). Set VAULT_CACERT to the certificate of the authority that signed it, and VAULT_ADDR to the name it is made for; verification cannot be switched off.`,
      { cause },
    ),
  unexpected: (host: string, what: string) =>
    new SecretStoreError(
      'unexpected_response',
      `What answers at ${host} does not answer as Vault does (${what}). Check VAULT_ADDR, http or https included, and whether a proxy or a login page stands before it.`,
    ),
  wrongMount: (mount: string, found?: string) =>
    new SecretStoreError(
      'wrong_mount',
      `Vault has no KV v2 secrets engine at "${mount}"${found ? `: ${found}` : ''}. Enable one (vault secrets enable -path=${mount} -version=2 kv), or correct PROSPECTOR_VAULT_MOUNT and VAULT_NAMESPACE.`,
    ),
  kvV1: (mount: string) =>
    new SecretStoreError(
      'kv_v1',
      `The secrets engine at "${mount}" is KV version 1, which cannot check and set. Upgrade it (vault kv enable-versioning ${mount}), or set PROSPECTOR_VAULT_MOUNT to one of version 2.`,
    ),
  forbidden: (path: string, capability: string) =>
    new SecretStoreError(
      'permission_denied',
      `Vault's policy does not allow "${capability}" on ${path}. Give the token the policy of docs/vault-policy.hcl, with your mount and path in it.`,
    ),
  noAccess: (mount: string) =>
    new SecretStoreError(
      'permission_denied',
      `Vault's policy gives no access to the mount "${mount}", or there is no such mount. Give the token the policy of docs/vault-policy.hcl, and check PROSPECTOR_VAULT_MOUNT, PROSPECTOR_VAULT_PATH and VAULT_NAMESPACE.`,
    ),
  deleted: (mount: string, path: string, version: number) =>
    new SecretStoreError(
      'deleted',
      `The secret ${path} in Vault was deleted at version ${version}. Bring it back (vault kv undelete -mount=${mount} -versions=${version} ${path}), or disconnect and connect again; nothing is overwritten.`,
    ),
  destroyed: (path: string, version: number) =>
    new SecretStoreError(
      'deleted',
      `Version ${version} of the secret ${path} in Vault was destroyed and cannot be brought back. Roll back to an earlier version (vault kv rollback), or disconnect and connect again; nothing is overwritten.`,
    ),
  conflict: (path: string, expectedVersion: number) =>
    new SecretStoreError(
      'conflict',
      `The secret ${path} is not at version ${expectedVersion}. Read it again before writing.`,
    ),
  /** @param advice which credential to renew, as sentences */
  refused: (what: string, advice: string) => new SecretStoreError('auth_failed', `${what}. ${advice}`),
} as const;
