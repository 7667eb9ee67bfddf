import { type DoubleProcess, startDouble } from './double.ts';
import { send } from './wire.ts';

/** Whose texts a server speaks: Vault's since 1.17, or those of OpenBao and older Vaults (RELIABILITY §5). */
export type Dialect = 'vault' | 'openbao';

/** A server under test, reached. */
export interface Reached {
  url: string;
  /** May do everything. */
  token: string;
  dialect: Dialect;
  /** Absent on a real server. */
  double?: DoubleProcess;
  stop(): Promise<void>;
}

/** Something the facts are held against. */
export interface Target {
  name: string;
  isDouble: boolean;
  reach(): Promise<Reached>;
}

/**
 * The double in both dialects, or, where `CONFORMANCE_VAULT_ADDR` and `CONFORMANCE_VAULT_TOKEN` name one, that server alone.
 * Never `VAULT_ADDR`: the suite mounts, writes and revokes, and somebody's shell has that set to production.
 */
export function targetsOf(env: Readonly<Record<string, string | undefined>>): Target[] {
  const { CONFORMANCE_VAULT_ADDR: url, CONFORMANCE_VAULT_TOKEN: token } = env;
  if (url && token)
    return [{ name: 'the given server', isDouble: false, reach: () => reachReal(url.replace(/\/$/, ''), token) }];
  return (['vault', 'openbao'] as const).map((dialect) => ({
    name: `the double, ${dialect}`,
    isDouble: true,
    reach: () => reachDouble(dialect),
  }));
}

/** What this run is about. */
export const targets = targetsOf(process.env);

async function reachDouble(dialect: Dialect): Promise<Reached> {
  const double = await startDouble(['--dialect', dialect, '--shares', '3', '--threshold', '2']);
  return { url: double.url, token: double.rootToken, dialect, double, stop: double.stop };
}

/** A server tells its dialect by what it says to a token it does not know. */
async function reachReal(url: string, token: string): Promise<Reached> {
  const { text } = await send(url, 'GET', 'auth/token/lookup-self', { token: 'nobody-knows-this-token' });
  return { url, token, dialect: text.includes('invalid token') ? 'vault' : 'openbao', stop: async () => {} };
}
