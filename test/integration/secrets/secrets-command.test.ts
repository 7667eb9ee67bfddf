import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { loadConfiguration } from '../../../src/config.ts';
import { openSystemFetch } from '../../../src/network.ts';
import { openSecretStore } from '../../../src/services/secrets/open-secret-store.ts';
import { createSecretsHome } from '../../support/secrets-home.ts';
import { createTestLog, startTestVault } from '../../support/vault-store.ts';
import { createTestShell } from '../../unit/cli/test-shell.ts';

const secrets = { 'upwork/credentials': { clientId: 'id' }, 'upwork/tokens': { refreshToken: 'canary-refresh' } };

/** A home with two secrets in its database, and a terminal in it. */
async function setUp(env: Readonly<Record<string, string>> = {}) {
  const home = createSecretsHome();
  const environment = { PROSPECTOR_HOME: home.folder, ...env };
  const shell = createTestShell({ env: environment });
  const open = (more: Readonly<Record<string, string>> = {}) =>
    openSecretStore({
      db: home.db,
      clock: systemClock,
      random: home.random,
      openFetch: openSystemFetch,
      log: createTestLog().log,
      configuration: loadConfiguration({ PROSPECTOR_HOME: home.folder, ...more }),
    });
  const store = await open();
  for (const [path, data] of Object.entries(secrets)) await store.write(path, data, 0);
  return {
    home,
    shell,
    store,
    open,
    read: async (from: Awaited<ReturnType<typeof open>>) => {
      const read: Record<string, unknown> = {};
      for (const path of await from.list()) read[path] = (await from.read(path))?.data;
      await from.close();
      return read;
    },
    [Symbol.dispose]: () => {
      shell[Symbol.dispose]();
      home[Symbol.dispose]();
    },
  };
}

describe('Prospector secrets rotate-key', () => {
  it('rotates key file to passphrase and back, while a server goes on', async () => {
    using app = await setUp();
    const key = readFileSync(app.home.keyFile, 'utf8');
    const plain = await app.shell.prospector(['secrets', 'rotate-key', '--json']);
    expect({ ...plain, out: JSON.parse(plain.out) }).toEqual({
      exitCode: 0,
      out: { secrets: 2, key: 'file', file: app.home.keyFile, copies: { emptied: [], removed: [] } },
      err: '',
    });
    expect(readFileSync(app.home.keyFile, 'utf8')).not.toBe(key);
    expect((await app.store.read('upwork/credentials'))?.data).toEqual({ clientId: 'id' });
    const file = app.home.passphrase('phrase', 'correct horse battery');
    const copy = `${app.home.path}.before-0003_older`;
    app.home.db.prepare('VACUUM INTO ?').run(copy);
    expect(await app.shell.prospector(['secrets', 'rotate-key', '--new-passphrase-file', file])).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining(
        `Deleted the secrets in the copy ${copy}: they were under the old key. Whoever goes back to it connects anew.\n`,
      ),
      out: `Encrypted 2 secrets anew under the passphrase in ${file}.\n`,
    });
    expect(await app.read(await app.open({ PROSPECTOR_PASSPHRASE_FILE: file }))).toEqual(secrets);
    expect(await app.shell.prospector(['secrets', 'rotate-key'])).toEqual({
      exitCode: 1,
      out: '',
      err: 'The secrets are encrypted with a passphrase. Set PROSPECTOR_PASSPHRASE_FILE to the file that holds it.\n',
    });
    using knowing = createTestShell({ env: { PROSPECTOR_HOME: app.home.folder, PROSPECTOR_PASSPHRASE_FILE: file } });
    expect((await knowing.prospector(['secrets', 'rotate-key', '--use-key-file'])).exitCode).toBe(0);
    expect(await app.read(await app.open())).toEqual(secrets);
  });

  it('changes over to the passphrase that the configuration asks for', async () => {
    using app = await setUp();
    const file = app.home.passphrase('phrase', 'correct horse battery');
    await expect(app.open({ PROSPECTOR_PASSPHRASE_FILE: file })).rejects.toMatchObject({
      code: 'key_mismatch',
      message: expect.stringContaining('secrets rotate-key'),
    });
    using shell = createTestShell({ env: { PROSPECTOR_HOME: app.home.folder, PROSPECTOR_PASSPHRASE_FILE: file } });
    expect((await shell.prospector(['secrets', 'rotate-key'])).exitCode).toBe(0);
    expect(await app.read(await app.open({ PROSPECTOR_PASSPHRASE_FILE: file }))).toEqual(secrets);
  });

  it('says what is wrong where there is nothing to rotate', async () => {
    using app = await setUp();
    rmSync(app.home.keyFile);
    expect(await app.shell.prospector(['secrets', 'rotate-key'])).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('is missing'),
    });
    using empty = createTestShell();
    expect(await empty.prospector(['secrets', 'rotate-key'])).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('There is no database at'),
    });
  });
});

describe('Prospector secrets migrate', () => {
  it('moves the secrets to Vault and back, and lets no server use the store they have left', async () => {
    await using vault = await startTestVault({ running: true });
    const { roleId, secretId } = vault.control.addRole('prospector', { token_policies: 'prospector' });
    using app = await setUp();
    const file = join(app.home.folder, 'secret-id');
    writeFileSync(file, secretId, { mode: 0o600 });
    const env = { VAULT_ADDR: vault.double.url, VAULT_ROLE_ID: roleId, VAULT_SECRET_ID_FILE: file };
    using shell = createTestShell({ env: { PROSPECTOR_HOME: app.home.folder, ...env } });
    await expect(app.open(env)).rejects.toMatchObject({
      code: 'wrong_store',
      message: expect.stringContaining('secrets migrate --to vault'),
    });

    const there = await shell.prospector(['secrets', 'migrate', '--to', 'vault', '--json']);
    const place = `Vault at ${new URL(vault.double.url).host}, secret/ghoststack/prospector`;
    expect({ ...there, out: JSON.parse(there.out) }).toEqual({
      exitCode: 0,
      out: { copied: 2, removed: 2, place, copies: { emptied: [], removed: [] } },
      err: '',
    });
    expect(await app.read(await app.open(env))).toEqual(secrets);
    const moved = { code: 'wrong_store', message: expect.stringContaining('are in Vault') };
    await expect(app.store.read('upwork/tokens')).rejects.toMatchObject(moved);
    await expect(app.store.write('upwork/tokens', {}, 0)).rejects.toMatchObject(moved);
    expect(await app.store.check()).toMatchObject({ available: false, code: 'wrong_store' });
    expect(await shell.prospector(['secrets', 'rotate-key'])).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('are in Vault'),
    });
    expect(await shell.prospector(['secrets', 'migrate', '--to', 'vault'])).toMatchObject({
      exitCode: 0,
      out: `All secrets are in ${place}.\n`,
    });
    const bytes = ['', '-wal'].map((end) => readFileSync(`${app.home.path}${end}`));
    expect(Buffer.concat(bytes).includes('canary')).toBe(false);

    expect(await shell.prospector(['secrets', 'migrate', '--to', 'embedded'])).toEqual({
      exitCode: 0,
      out: 'Moved 2 secrets to the database of this home; nothing is left at the old place.\n',
      err: 'Unset VAULT_ADDR before the server starts again.\n',
    });
    expect(await app.read(await app.open())).toEqual(secrets);
    const left = await fetch(`${vault.double.url}/v1/secret/metadata/ghoststack/prospector?list=true`, {
      headers: { 'x-vault-token': vault.double.rootToken },
    });
    expect(left.status).toBe(404);
  });

  it('moves nothing while a server runs, Vault is sealed, or nobody says where Vault is', async () => {
    await using vault = await startTestVault({ running: true });
    using app = await setUp();
    const env = { PROSPECTOR_HOME: app.home.folder, VAULT_ADDR: vault.double.url, VAULT_TOKEN: vault.token() };
    using shell = createTestShell({ env });
    const migrate = () => shell.prospector(['secrets', 'migrate', '--to', 'vault']);
    writeFileSync(join(app.home.folder, 'server.json'), JSON.stringify({ pid: process.pid }));
    expect(await migrate()).toMatchObject({ exitCode: 1, err: expect.stringContaining('Stop it, move the secrets') });
    writeFileSync(join(app.home.folder, 'server.json'), JSON.stringify({ pid: 2 ** 30 }));
    vault.control.seal();
    expect(await migrate()).toMatchObject({ exitCode: 1, err: expect.stringContaining('Vault is sealed.') });
    expect(await app.shell.prospector(['secrets', 'migrate', '--to', 'vault'])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('VAULT_ADDR: needed'),
    });
    expect(await app.read(await app.open())).toEqual(secrets);
  });

  it('refuses a certificate file that is none, at the start', async () => {
    using app = await setUp();
    const env = { VAULT_ADDR: 'https://127.0.0.1:1', VAULT_TOKEN: 'x', VAULT_CACERT: app.home.keyFile };
    await (await app.open()).remove('upwork/tokens');
    await (await app.open()).remove('upwork/credentials');
    await expect(app.open(env)).rejects.toMatchObject({
      code: 'tls',
      message: expect.stringContaining('VAULT_CACERT'),
    });
  });
});
