import { isVaults, says, served } from '../answers.ts';
import type { VaultClient } from '../client.ts';
import type { VaultAnswer } from '../transport.ts';

/**
 * Whether a refusal means that `token` is dead, rather than that a policy forbids what was asked (F36, RELIABILITY §5): by its text where that is
 * clear, else by asking who we are.
 *
 * @throws SecretStoreError when that question gets no answer
 */
export async function isTokenDead(client: VaultClient, token: string, answer: VaultAnswer): Promise<boolean> {
  if (answer.status === 400) return says(answer, /missing client token/);
  if (answer.status !== 403 || !isVaults(answer)) return false;
  if (isRefusedToken(answer)) return true;
  if (isPolicy(answer)) return false;
  const self = served(await client.ask({ method: 'GET', path: 'auth/token/lookup-self', token }), client.host);
  return isRefusedSelf(self);
}

/** Whether the answer to `lookup-self` means that the token is dead: any refusal but a policy's. */
export function isRefusedSelf(answer: VaultAnswer): boolean {
  const isMissing = answer.status === 400 && says(answer, /missing client token/);
  return isMissing || (answer.status === 403 && !isPolicy(answer));
}

const isRefusedToken = (answer: VaultAnswer) => says(answer, /invalid token|bad token/);
/** Only a live token gets as far as this text: both dialects refuse a dead one in other words. */
const isPolicy = (answer: VaultAnswer) => says(answer, /^1 error occurred:\s+\* permission denied\s*$/);
