import { readFileSync } from 'node:fs';
import { startVaultDouble, type VaultDoubleOptions } from '../../sandbox/vault/start.ts';
import { createLogger } from '../../src/log.ts';
import type { Fetch } from '../../src/network.ts';
import { openVaultStore, type VaultStoreOptions } from '../../src/services/secrets/vault/open-vault-store.ts';
import { createTestClock } from './clock.ts';

export const policy = readFileSync(new URL('../../docs/vault-policy.hcl', import.meta.url), 'utf8');

/** Node's fetch, and whether an answer is still awaited. `before` runs as each request leaves. */
export function createTestFetch(before: () => void, isPatient: () => boolean) {
  let open = 0;
  const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
  const counted: Fetch = async (input, init) => {
    open += 1;
    before();
    try {
      const response = await fetch(input, init);
      const body = await response.arrayBuffer();
      const isEmpty = response.status === 204 || response.status === 304;
      return new Response(isEmpty ? null : body, { status: response.status, headers: response.headers });
    } finally {
      open -= 1;
    }
  };
  return {
    fetch: counted,
    /** Resolves when nothing is awaited, and nothing more is asked in consequence; at once where answers are not to be waited for. */
    idle: async () => {
      for (let quiet = 0; quiet < 3; quiet = open === 0 || !isPatient() ? quiet + 1 : 0) await nextTurn();
    },
  };
}

/** Everything that was logged, as text. */
export function createTestLog() {
  const lines: string[] = [];
  return {
    lines,
    log: createLogger({ level: 'trace', format: 'json', destination: { write: (line) => void lines.push(line) } }),
    /** Messages of one level, in order. */
    messages: (level: string) =>
      lines
        .map((line) => JSON.parse(line) as { level: string; msg: string })
        .filter((line) => line.level === level)
        .map(({ msg }) => msg),
  };
}

/** A pretended Vault with our policy in it, a clock that moves both it and us, and stores on it. Everything ends with `await using`. */
export async function startTestVault(options: VaultDoubleOptions = {}) {
  const double = await startVaultDouble({ running: false, ...options });
  let isPatient = true;
  const network = createTestFetch(
    () => synchronize(),
    () => isPatient,
  );
  const clock = createTestClock(double.control.now(), network.idle);
  const synchronize = () => void double.control.setClock({ set: clock.now().toISOString() });
  const logged = createTestLog();
  const stores: { close(): Promise<void> }[] = [];
  const { control } = double;
  if (control.state().initialized) control.writePolicy('prospector', policy);
  return {
    double,
    control,
    clock,
    network,
    logged,
    token: (wish: { ttl?: number | null; policies?: string[] } & Record<string, unknown> = {}) =>
      control.issueToken({ policies: ['prospector'], ttl: 3_600, ...wish }).token,
    /** A store with a fresh token, unless the overrides say otherwise. */
    open: async (overrides: Partial<VaultStoreOptions> = {}) => {
      const hasLogin = overrides.tokenFile !== undefined || overrides.roleId !== undefined;
      const store = await openVaultStore({
        address: double.url,
        ...(!hasLogin && { token: control.issueToken({ policies: ['prospector'], ttl: 3_600 }).token }),
        secretIdWrapped: false,
        mount: 'secret',
        path: 'ghoststack/prospector',
        fetch: network.fetch,
        clock,
        log: logged.log,
        ...overrides,
      });
      stores.push(store);
      return store;
    },
    /** From now on time passes though answers are awaited. */
    stopWaiting: () => {
      isPatient = false;
    },
    /** Lets time pass for both, each request being answered before the next timer. */
    pass: async (ms: number) => {
      await clock.advance(ms);
      synchronize();
      await network.idle();
    },
    /** `METHOD path status` of every request since the journal was cleared. */
    asked: () => control.journal().map(({ method, path, status }) => `${method} ${path} ${status}`),
    [Symbol.asyncDispose]: async () => {
      for (const store of stores) await store.close();
      await double.close();
    },
  };
}
