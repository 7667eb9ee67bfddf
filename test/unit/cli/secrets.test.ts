import { describe, expect, it } from 'vitest';
import { registerSecretsWith, type SecretsModules } from '../../../src/cli/commands/home/secrets.ts';
import type { RegisterCommand } from '../../../src/cli/run.ts';
import { createTestShell } from './test-shell.ts';

const copies = { emptied: [], removed: [] };
const rotated = { secrets: 3, key: 'file', file: '/srv/me/key', copies } as const;
const moved = { copied: 2, removed: 2, place: 'Vault at vault.example.com, secret/here', copies };

const secretsWith = (double: Partial<SecretsModules>): RegisterCommand[] => [
  (program, shell) =>
    registerSecretsWith(program, shell, async () => ({
      rotate: async () => rotated,
      move: async () => moved,
      ...double,
    })),
];
const failing = (name: string, message: string, code?: string) => async () => {
  throw Object.assign(new Error(message), { name, code });
};

describe('Prospector secrets', () => {
  it('rotate-key says what was encrypted, where the key is, and what to keep', async () => {
    using shell = createTestShell();
    expect(await shell.prospector(['secrets', 'rotate-key'], secretsWith({}))).toEqual({
      exitCode: 0,
      out: 'Encrypted 3 secrets anew under the new key in /srv/me/key.\n',
      err: 'Backups of the database made before need the old one. Keep the new one apart from backups.\n',
    });
    expect(JSON.parse((await shell.prospector(['secrets', 'rotate-key', '--json'], secretsWith({}))).out)).toEqual(
      rotated,
    );
  });

  it('rotate-key hands on where the new key is to come from, and says how to start the server then', async () => {
    using shell = createTestShell({ env: { PROSPECTOR_PASSPHRASE_FILE: '/old' } });
    const wishes: unknown[] = [];
    const rotate: SecretsModules['rotate'] = async (_env, wish) => {
      wishes.push(wish);
      const { passphraseFile } = wish;
      return passphraseFile === undefined ? rotated : { secrets: 1, key: 'passphrase', file: passphraseFile, copies };
    };
    const commands = secretsWith({ rotate });
    const phrase = await shell.prospector(['secrets', 'rotate-key', '--new-passphrase-file', '/new'], commands);
    expect(phrase.out).toBe('Encrypted 1 secret anew under the passphrase in /new.\n');
    expect(phrase.err).toContain('PROSPECTOR_PASSPHRASE_FILE=/new');
    const file = await shell.prospector(['secrets', 'rotate-key', '--use-key-file'], commands);
    expect(file.err).toContain('Unset PROSPECTOR_PASSPHRASE_FILE');
    expect(wishes).toEqual([{ passphraseFile: '/new' }, { keyFile: true }]);
    const both = ['secrets', 'rotate-key', '--use-key-file', '--new-passphrase-file', '/new'];
    expect((await shell.prospector(both, commands)).exitCode).toBe(2);
  });

  it('migrate says where the secrets are now, and how to start the server then', async () => {
    using shell = createTestShell();
    expect(await shell.prospector(['secrets', 'migrate', '--to', 'vault'], secretsWith({}))).toEqual({
      exitCode: 0,
      out: 'Moved 2 secrets to Vault at vault.example.com, secret/here; nothing is left at the old place.\n',
      err: 'Start the server with VAULT_ADDR and the log-in set, as now.\n',
    });
    const nothing = secretsWith({
      move: async () => ({ copied: 0, removed: 0, place: 'the database of this home', copies }),
    });
    expect(await shell.prospector(['secrets', 'migrate', '--to', 'embedded'], nothing)).toEqual({
      exitCode: 0,
      out: 'All secrets are in the database of this home.\n',
      err: 'Unset VAULT_ADDR before the server starts again.\n',
    });
    const json = await shell.prospector(['secrets', 'migrate', '--to', 'vault', '--json'], secretsWith({}));
    expect({ ...json, out: JSON.parse(json.out) }).toEqual({ exitCode: 0, out: moved, err: '' });
  });

  it.each([
    ['ConfigurationError', undefined, 2, 'USAGE'],
    ['SecretStoreError', 'key_missing', 1, 'SECRET_STORE_UNAVAILABLE'],
    ['SecretStoreError', 'conflict', 1, 'CONFLICT'],
    ['DatabaseError', 'damaged', 1, 'NOT_DONE'],
    ['HomeError', undefined, 1, 'NOT_DONE'],
  ])('tells a %s (%s) with exit code %i', async (name, code, exitCode, noticeCode) => {
    using shell = createTestShell();
    const commands = secretsWith({ rotate: failing(name, 'What is wrong. What to do.', code) });
    expect(await shell.prospector(['secrets', 'rotate-key'], commands)).toEqual({
      exitCode,
      out: '',
      err: 'What is wrong. What to do.\n',
    });
    expect(await shell.prospector(['secrets', 'rotate-key', '--json'], commands)).toEqual({
      exitCode,
      out: `{"errors":[{"code":"${noticeCode}","message":"What is wrong. What to do."}]}\n`,
      err: '',
    });
  });

  it.each([
    [['migrate']],
    [['migrate', '--to', 'elsewhere']],
    [['rotate-key', '--new-passphrase', 'geheim']],
    [['nothing']],
  ])('refuses %j with exit code 2', async (words) => {
    using shell = createTestShell();
    const { exitCode, out, err } = await shell.prospector(['secrets', ...words], secretsWith({}));
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).not.toContain('geheim');
  });
});
