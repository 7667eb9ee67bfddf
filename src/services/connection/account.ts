import type { ProbeName, UpworkClient, UpworkIdentity } from '../upwork/model.ts';
import { UpworkError } from '../upwork/model.ts';
import type { FoundScopes, StoredAccount } from './records/connection-row.ts';

/** What the row keeps of an identity. The name shown is the user name: it is what people sign in with. */
export function accountOf(identity: UpworkIdentity, tenantId: string): StoredAccount {
  const { userId, userName, email, avatarUrl, organizationName, organizations } = identity;
  const organization = organizations.find(({ id }) => id === tenantId)?.title ?? organizationName;
  return {
    externalId: userId,
    displayName: userName,
    ...(email !== undefined && { email }),
    ...(avatarUrl !== undefined && { avatarUrl }),
    ...(organization !== undefined && { organization }),
  };
}

/** What the probes of one key say, and its Connects where it may read them. */
export interface ProbedKey {
  readonly probes: FoundScopes['probes'];
  readonly connectsBalance?: number;
}

/**
 * Asks one small query a scope (FACTS §4); the work history only where the contracts themselves are not to be had. A probe that cannot be answered
 * (an outage) is left out.
 * @throws UpworkError `restricted`, and what says that the tokens are no good
 */
export async function probeKey(client: UpworkClient, identity: UpworkIdentity): Promise<ProbedKey> {
  const probes: Partial<Record<ProbeName, 'granted' | 'missing' | 'not_offered'>> = {};
  const ask = async (name: ProbeName) => {
    const result = await unlessOutage(client.probe(name, identity));
    if (result !== undefined) probes[name] = result;
    return result;
  };
  await ask('job_search');
  await ask('proposals');
  const contracts = await ask('contract_list');
  if (contracts !== undefined && contracts !== 'granted') await ask('work_history');
  const connectsBalance =
    (await ask('connects')) === 'granted' ? await unlessOutage(client.connectsBalance()) : undefined;
  return { probes, ...(connectsBalance !== undefined && { connectsBalance }) };
}

const final: readonly string[] = ['restricted', 'unauthorized', 'auth_expired', 'not_connected', 'credentials_invalid'];

async function unlessOutage<Result>(call: Promise<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof UpworkError && !final.includes(error.code)) return undefined;
    throw error;
  }
}
