/*
 * A program that provokes failures of both secret stores and prints whatever a careless program could print of them: the log at its lowest level,
 * every error in every form, the stores themselves. Run with DEBUG=*; the secrets that went through are written to the file it is given, the codes
 * of the failures that were met beside it.
 */
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { createLogger } from '../../src/log.ts';
import { openSystemFetch } from '../../src/network.ts';
import type { ListingSecretStore } from '../../src/services/secrets/model.ts';
import { openVaultStore, type VaultStoreOptions } from '../../src/services/secrets/vault/open-vault-store.ts';
import { createSecretsHome } from './secrets-home.ts';
import { policy, startTestVault } from './vault-store.ts';

const [, , report = ''] = process.argv;
const secrets = new Set<string>();
const met = new Set<string>();
const secret = (text: string) => {
  secrets.add(text);
  return text;
};
const print = (value: unknown) => void process.stdout.write(`${String(value)}\n`);
const log = createLogger({
  level: 'trace',
  format: 'json',
  destination: { write: (line) => void process.stdout.write(line) },
});

async function provoke(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error) met.add(String(error.code));
    print(inspect(error, { depth: 20, showHidden: true, getters: true }));
    print(JSON.stringify(error));
    print(JSON.stringify(error, Object.getOwnPropertyNames(error)));
    print(`${error} ${(error as Error).stack} ${inspect((error as Error).cause, { depth: 20, showHidden: true })}`);
    log.error({ err: error, error, message: String(error), reason: inspect(error) }, String(error));
  }
}

const tokens = { accessToken: secret('canary-access-token'), refreshToken: secret('canary-refresh-token') };

async function useVault(): Promise<void> {
  await using vault = await startTestVault();
  const { control, clock } = vault;
  const network = openSystemFetch({ connectTimeoutMs: 3_000 });
  const { roleId, secretId } = control.addRole('prospector', { token_policies: 'prospector' });
  const role = { roleId: secret(roleId), secretId: secret(secretId) };
  const opened: ListingSecretStore[] = [];
  const open = async (overrides: Partial<VaultStoreOptions>) => {
    const store = await openVaultStore({
      address: vault.double.url,
      secretIdWrapped: false,
      mount: 'secret',
      path: 'ghoststack/prospector',
      fetch: network.fetch,
      clock,
      log,
      ...overrides,
    });
    opened.push(store);
    print(inspect(store, { depth: 20, showHidden: true }));
    await provoke(() => store.read('upwork/tokens'));
    print(inspect(await store.check()));
    return store;
  };
  const store = await open(role);
  await store.write('upwork/tokens', tokens, 0);
  await store.read('upwork/tokens');
  const data = 'secret/data/ghoststack/prospector/upwork/tokens';
  const write = () => store.write('upwork/tokens', tokens, 1);
  const faults = [
    { kind: 'status', status: 500, body: { errors: [tokens.refreshToken] } },
    { kind: 'status', status: 400, body: { errors: [`no ${tokens.refreshToken}`] } },
    { kind: 'status', status: 403, body: tokens.refreshToken },
    { kind: 'status', status: 200, body: `<html>${tokens.accessToken}` },
    { kind: 'status', status: 200, body: { data: { data: tokens } } },
    { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
    { kind: 'truncate', bytes: 60 },
    { kind: 'reset' },
    { kind: 'reset-after' },
    { kind: 'redirect', location: `http://${tokens.accessToken}.example.com/` },
    { kind: 'redirect', status: 302, location: `http://example.com/?token=${tokens.accessToken}` },
  ] as const;
  for (const fault of faults)
    for (const method of ['GET', 'POST'])
      for (const work of [() => store.read('upwork/tokens'), write]) {
        control.clearFaults();
        control.fail({ ...fault, path: data, method, times: 2 });
        await provoke(work);
        control.clearFaults();
        await clock.advance(4_500);
        while (!(await store.check()).available) await new Promise((resolve) => setImmediate(resolve));
      }
  control.seal();
  await provoke(write);
  control.unseal();
  await vault.pass(5_000);
  control.revokeAllTokens();
  await open({ token: secret(vault.token({ ttl: 60 })) });
  await open({ token: secret('hvs.canary-of-a-token-that-never-was') });
  await open({ token: secret('canary token that is\nno header') });
  await open({ ...role, secretId: secret('canary-secret-id') });
  await open({ ...role, secretId: secret('hvs.canary-wrapping-token'), secretIdWrapped: true });
  await open({ address: 'http://127.0.0.1:1', ...role });
  await open({ mount: 'nothing', token: secret(vault.double.rootToken) });
  await open({ token: secret(vault.token({ policies: ['default'] })) });
  for (const address of [
    `http://user:${secret('canary-password')}@127.0.0.1:1`,
    `http://127.0.0.1/?${secret('canary-query')}`,
  ])
    await provoke(() => open({ address, ...role }));
  control.writePolicy('prospector', policy);
  for (const { close } of opened) await close();
  await network.close();
}

async function useEmbedded(): Promise<void> {
  using home = createSecretsHome();
  const phrase = home.passphrase('phrase', secret('canary passphrase of ours'));
  const store = await home.open(phrase);
  await store.write('upwork/tokens', tokens, 0);
  print(inspect(store, { depth: 20, showHidden: true }));
  await provoke(() => store.write('upwork/tokens', tokens, 0));
  await provoke(() => home.open());
  await provoke(() => home.open(home.passphrase('other', secret('canary passphrase of others'))));
  home.db.prepare('UPDATE secrets SET ciphertext = zeroblob(64)').run();
  await provoke(() => store.read('upwork/tokens'));
}

await useVault();
await useEmbedded();
writeFileSync(report, JSON.stringify({ secrets: [...secrets], met: [...met].sort() }));
