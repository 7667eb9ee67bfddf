import { describe, expect, it } from 'vitest';
import { envelope } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { dataOf, refusal } from './wire.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe.each(targets)('Transit, $name', (target) => {
  const server = useServer(target, ['transit']);
  const at = (path: string) => `${server.at.transit}/${path}`;
  const encrypt = (key: string, body: unknown) => server.ask('POST', at(`encrypt/${key}`), { body });
  const decrypt = (key: string, body: unknown) => server.ask('POST', at(`decrypt/${key}`), { body });
  /** A key with so many versions. */
  const makeKey = async (key: string, versions = 1) => {
    await server.arrange('POST', at(`keys/${key}`), {});
    for (let n = 1; n < versions; n++) await server.arrange('POST', at(`keys/${key}/rotate`), {});
    return key;
  };
  const sealed = async (key: string, text: string, more: Record<string, unknown> = {}) =>
    String(dataOf(await encrypt(key, { plaintext: base64(text), ...more }))['ciphertext']);
  const refused = (text: string) => ({ status: 400, errors: [text] });

  it('encrypts to a prefix, a version and base64', async () => {
    const reply = await encrypt(await makeKey('plain'), { plaintext: base64('secret') });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual(envelope({ data: expect.any(Object) }));
    expect(dataOf(reply)).toEqual({
      ciphertext: expect.stringMatching(/^vault:v1:[A-Za-z0-9+/]+=*$/),
      key_version: 1,
    });
  });
  it('adds a nonce and a tag: 28 bytes', async () => {
    const bytes = Buffer.from((await sealed(await makeKey('bytes'), 'secret')).split(':')[2] ?? '', 'base64');
    expect(bytes.length).toBe('secret'.length + 28);
  });
  it('encrypts the same to something else each time', async () => {
    await makeKey('fresh');
    expect(await sealed('fresh', 'secret')).not.toBe(await sealed('fresh', 'secret'));
  });
  it('decrypts what it encrypted', async () => {
    const ciphertext = await sealed(await makeKey('round'), 'zwölf Öfen');
    const reply = await decrypt('round', { ciphertext });
    expect(dataOf(reply)).toEqual({ plaintext: base64('zwölf Öfen') });
  });
  it('encrypts nothing to something, and back', async () => {
    const ciphertext = await sealed(await makeKey('nothing'), '');
    expect(dataOf(await decrypt('nothing', { ciphertext }))).toEqual({ plaintext: '' });
  });
  it('decrypts only with the same associated data', async () => {
    const ciphertext = await sealed(await makeKey('bound'), 'secret', { associated_data: base64('path') });
    expect((await decrypt('bound', { ciphertext, associated_data: base64('path') })).status).toBe(200);
    expect((await decrypt('bound', { ciphertext, associated_data: base64('other') })).status).toBe(400);
    expect((await decrypt('bound', { ciphertext })).status).toBe(400);
  });
  it('refuses a ciphertext of another key', async () => {
    const ciphertext = await sealed(await makeKey('one'), 'secret');
    expect((await decrypt(await makeKey('other'), { ciphertext })).status).toBe(400);
  });
  it('refuses a ciphertext with one bit changed', async () => {
    const ciphertext = await sealed(await makeKey('bit'), 'secret');
    const [prefix, version, text = ''] = ciphertext.split(':');
    const bytes = Buffer.from(text, 'base64');
    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    const reply = await decrypt('bit', { ciphertext: `${prefix}:${version}:${bytes.toString('base64')}` });
    expect(reply.status).toBe(400);
  });

  describe('refuses', () => {
    it('to encrypt nothing', async () => {
      expect(refusal(await encrypt(await makeKey('r1'), {}))).toEqual(refused('missing plaintext to encrypt'));
    });
    it('to decrypt nothing', async () => {
      expect(refusal(await decrypt(await makeKey('r2'), {}))).toEqual(refused('missing ciphertext to decrypt'));
    });
    it('to decrypt with a key that never was', async () => {
      expect(refusal(await decrypt('never', { ciphertext: 'vault:v1:AAAA' }))).toEqual(
        refused('encryption key not found'),
      );
    });
    it('plaintext that is no base64', async () => {
      expect((await encrypt(await makeKey('r3'), { plaintext: '§§§' })).status).toBe(400);
    });
    it.each([
      ['without a prefix', 'AAAA', 'invalid ciphertext: no prefix'],
      ['with another prefix', 'safe:v1:AAAA', 'invalid ciphertext: no prefix'],
      ['without its last field', 'vault:v1', 'invalid ciphertext: wrong number of fields'],
      ['with a version that is no number', 'vault:vx:AAAA', 'invalid ciphertext: version number could not be decoded'],
      ['with a version to come', 'vault:v9:AAAA', 'invalid ciphertext: version is too new'],
      ['that is no base64', 'vault:v1:§§§', 'invalid ciphertext: could not decode base64'],
    ])('a ciphertext %s', async (_what, ciphertext, text) => {
      expect(refusal(await decrypt(await makeKey('r4'), { ciphertext }))).toEqual(refused(text));
    });
    it('a version below the least allowed', async () => {
      await makeKey('r5', 2);
      const old = (await sealed('r5', 'secret')).replace(':v2:', ':v1:');
      await server.arrange('POST', at('keys/r5/config'), { min_decryption_version: 2 });
      expect(refusal(await decrypt('r5', { ciphertext: old }))).toEqual(
        refused('ciphertext or signature version is disallowed by policy (too old)'),
      );
    });
  });

  describe('keys', () => {
    it('tell their versions, not themselves', async () => {
      const data = dataOf(await server.ask('GET', at(`keys/${await makeKey('told', 2)}`)));
      expect(data).toMatchObject({
        name: 'told',
        type: 'aes256-gcm96',
        latest_version: 2,
        min_decryption_version: 1,
        keys: { 1: expect.any(Number), 2: expect.any(Number) },
      });
    });
    it('encrypt with the newest version after a rotation and still decrypt with the old', async () => {
      const old = await sealed(await makeKey('rotated'), 'secret');
      await server.arrange('POST', at('keys/rotated/rotate'), {});
      expect(await sealed('rotated', 'secret')).toMatch(/^vault:v2:/);
      expect(dataOf(await decrypt('rotated', { ciphertext: old }))).toEqual({ plaintext: base64('secret') });
    });
    it('rewrap a ciphertext to the newest version', async () => {
      const old = await sealed(await makeKey('rewrapped'), 'secret');
      await server.arrange('POST', at('keys/rewrapped/rotate'), {});
      const reply = await server.ask('POST', at('rewrap/rewrapped'), { body: { ciphertext: old } });
      expect(dataOf(reply)).toMatchObject({ ciphertext: expect.stringMatching(/^vault:v2:/), key_version: 2 });
    });
    it('that never were are a 404 with an empty list of errors', async () => {
      expect(refusal(await server.ask('GET', at('keys/never')))).toEqual({ status: 404, errors: [] });
    });
    it('are made by encrypting, for one who may', async () => {
      expect(dataOf(await encrypt('upserted', { plaintext: base64('secret') }))).toMatchObject({ key_version: 1 });
    });
    it('are not made by encrypting for one who may only update', async () => {
      const policy = await server.writePolicy('update', `path "${at('encrypt/*')}" { capabilities = ["update"] }`);
      const token = await server.makeToken({ policies: [policy], ttl: '5m' });
      const body = { plaintext: base64('secret') };
      expect((await server.ask('POST', at('encrypt/forbidden'), { token, body })).status).toBe(403);
      await makeKey('permitted');
      expect((await server.ask('POST', at('encrypt/permitted'), { token, body })).status).toBe(200);
    });
    it('are not deleted unless it was allowed', async () => {
      expect((await server.ask('DELETE', at(`keys/${await makeKey('kept')}`))).status).toBe(400);
      await server.arrange('POST', at('keys/kept/config'), { deletion_allowed: true });
      expect((await server.ask('DELETE', at('keys/kept'))).status).toBe(204);
    });
  });

  describe('batches', () => {
    it('are answered item by item', async () => {
      await makeKey('batch');
      const encrypted = await encrypt('batch', {
        batch_input: [{ plaintext: base64('a') }, { plaintext: base64('b') }],
      });
      const results = dataOf(encrypted)['batch_results'] as { ciphertext: string }[];
      const reply = await decrypt('batch', { batch_input: results.map(({ ciphertext }) => ({ ciphertext })) });
      expect(dataOf(reply)['batch_results']).toEqual([
        expect.objectContaining({ plaintext: base64('a') }),
        expect.objectContaining({ plaintext: base64('b') }),
      ]);
    });
    it('are a 400 with all results when an item fails', async () => {
      const ciphertext = await sealed(await makeKey('partly'), 'secret');
      const reply = await decrypt('partly', { batch_input: [{ ciphertext }, { ciphertext: 'vault:v1:AAAA' }] });
      expect(reply.status).toBe(400);
      expect(dataOf(reply)['batch_results']).toEqual([
        expect.objectContaining({ plaintext: base64('secret') }),
        expect.objectContaining({ error: expect.any(String) }),
      ]);
    });
    it('have the status that was asked for when an item fails', async () => {
      const ciphertext = await sealed(await makeKey('wished'), 'secret');
      const reply = await decrypt('wished', {
        partial_failure_response_code: 207,
        batch_input: [{ ciphertext }, { ciphertext: 'vault:v1:AAAA' }],
      });
      expect(reply.status).toBe(207);
    });
  });
});
