import { served } from './answers.ts';
import type { VaultCall, VaultClient } from './client.ts';
import type { VaultSession } from './login/session.ts';
import { isTokenDead } from './login/token.ts';
import type { VaultAnswer } from './transport.ts';

/** Asks with the session's token. */
export type AskVault = (call: Omit<VaultCall, 'token'>) => Promise<VaultAnswer>;

/**
 * A token that turns out to be dead is replaced, once a call: what a fresh one is refused, a policy forbids. Answers are about what was asked;
 * that Vault does not serve now is thrown.
 *
 * @returns a function that throws SecretStoreError
 */
export function createVaultRequests(client: VaultClient, session: VaultSession): AskVault {
  return async (call) => {
    const token = await session.token();
    const answer = await client.ask({ ...call, token });
    if (!(await isTokenDead(client, token, answer))) return served(answer, client.host);
    session.dead(token);
    return served(await client.ask({ ...call, token: await session.token() }), client.host);
  };
}
