import { beforeAll, describe, expect, it } from 'vitest';
import { envelope, filled, instant, uuid } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { authOf, dataOf, type Reply, refusal } from './wire.ts';

const spent = { status: 400, errors: ['wrapping token is not valid or does not exist'] };

describe.each(targets)('Response wrapping, $name', (target) => {
  const server = useServer(target, ['kv', 'approle']);
  const wrapped = (method: string, path: string, ttl = '120', body?: unknown) =>
    server.ask(method, path, { headers: { 'x-vault-wrap-ttl': ttl }, body });
  const infoOf = ({ body }: Reply) => (body?.['wrap_info'] ?? {}) as Record<string, unknown>;
  const unwrap = (token: string) => server.ask('POST', 'sys/wrapping/unwrap', { token });
  const lookUp = (token: string) => server.ask('POST', 'sys/wrapping/lookup', { token: null, body: { token } });
  const secretIdPath = () => `${server.at.approle}/role/wrapped/secret-id`;
  const wrapSecretId = async () => infoOf(await wrapped('POST', secretIdPath()));
  beforeAll(async () => {
    await server.makeRole('wrapped');
    await server.arrange('POST', `${server.at.kv}/data/key`, { data: { user: 'jane' } });
  });

  it('gives wrap_info in the place of data', async () => {
    const reply = await wrapped('POST', secretIdPath());
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual(envelope({ wrap_info: expect.any(Object) }));
    expect(infoOf(reply)).toMatchObject({
      token: filled,
      accessor: filled,
      ttl: 120,
      creation_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      creation_path: secretIdPath(),
    });
  });
  it.each([
    ['60', 60],
    ['2m', 120],
    ['1h', 3600],
  ])('takes %s for so many seconds', async (ttl, seconds) => {
    expect(infoOf(await wrapped('GET', `${server.at.kv}/data/key`, ttl))['ttl']).toBe(seconds);
  });
  it('refuses a time it cannot read with 400', async () => {
    expect((await wrapped('GET', `${server.at.kv}/data/key`, 'soon')).status).toBe(400);
  });
  it('wraps no refusal', async () => {
    expect(refusal(await wrapped('GET', `${server.at.kv}/data/never`))).toEqual({ status: 404, errors: [] });
  });
  it('tells the accessor of a wrapped token', async () => {
    const reply = await wrapped('POST', 'auth/token/create', '120', { policies: ['default'], ttl: '5m' });
    expect(infoOf(reply)).toMatchObject({ wrapped_accessor: filled });
    expect(reply.body).toMatchObject({ auth: null });
  });

  describe('unwrapping', () => {
    it('gives the response as it would have been, with the wrapping token as the caller’s own', async () => {
      const { token } = await wrapSecretId();
      const reply = await unwrap(String(token));
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual(envelope({ data: expect.any(Object) }));
      expect(dataOf(reply)).toMatchObject({ secret_id: uuid, secret_id_accessor: uuid });
    });
    it('gives it to another caller with the wrapping token in the body', async () => {
      const { token } = await wrapSecretId();
      expect(dataOf(await server.ask('POST', 'sys/wrapping/unwrap', { body: { token } }))).toMatchObject({
        secret_id: uuid,
      });
    });
    it('gives a secret_id that works', async () => {
      const { token } = await wrapSecretId();
      const secretId = dataOf(await unwrap(String(token)))['secret_id'];
      const roleId = dataOf(await server.ask('GET', `${server.at.approle}/role/wrapped/role-id`))['role_id'];
      const body = { role_id: roleId, secret_id: secretId };
      expect((await server.ask('POST', `${server.at.approle}/login`, { token: null, body })).status).toBe(200);
    });
    it('gives a wrapped token', async () => {
      const { token } = infoOf(await wrapped('POST', 'auth/token/create', '120', { policies: ['default'], ttl: '5m' }));
      expect(authOf(await unwrap(String(token)))).toMatchObject({ client_token: filled, policies: ['default'] });
    });
    it('works once', async () => {
      const { token } = await wrapSecretId();
      await unwrap(String(token));
      expect(refusal(await unwrap(String(token)))).toEqual(spent);
    });
    it('works once whichever way the token is given', async () => {
      const { token } = await wrapSecretId();
      await unwrap(String(token));
      expect(refusal(await server.ask('POST', 'sys/wrapping/unwrap', { body: { token } }))).toEqual(spent);
    });
    it('refuses a token that wraps nothing', async () => {
      expect(refusal(await unwrap(server.token))).toEqual(spent);
    });
    it('refuses a token nobody knows', async () => {
      expect(refusal(await unwrap('nobody-knows-this-token'))).toEqual(spent);
    });
    it('refuses the wrapping token given both ways at once', async () => {
      const { token } = await wrapSecretId();
      const reply = await server.ask('POST', 'sys/wrapping/unwrap', { token: String(token), body: { token } });
      expect(reply.status).toBe(400);
    });
  });

  describe('looking up', () => {
    it('tells time, life and path to anybody, and spends nothing', async () => {
      const { token } = await wrapSecretId();
      const reply = await lookUp(String(token));
      expect(reply.status).toBe(200);
      expect(dataOf(reply)).toMatchObject({
        creation_path: secretIdPath(),
        creation_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        creation_ttl: 120,
      });
      expect((await unwrap(String(token))).status).toBe(200);
    });
    it('refuses a token already unwrapped', async () => {
      const { token } = await wrapSecretId();
      await unwrap(String(token));
      expect(refusal(await lookUp(String(token)))).toEqual(spent);
    });
    it('tells a foreign path apart from the one expected', async () => {
      const { token } = infoOf(await wrapped('POST', 'sys/wrapping/wrap', '120', { secret_id: 'planted' }));
      expect(dataOf(await lookUp(String(token)))['creation_path']).toBe('sys/wrapping/wrap');
    });
  });

  it('wraps again under another token, and the old one is spent', async () => {
    const { token } = await wrapSecretId();
    const { token: next } = infoOf(await server.ask('POST', 'sys/wrapping/rewrap', { body: { token } }));
    expect(refusal(await unwrap(String(token)))).toEqual(spent);
    expect(dataOf(await unwrap(String(next)))).toMatchObject({ secret_id: uuid });
  });
  it('wraps whatever it is given', async () => {
    const { token } = infoOf(await wrapped('POST', 'sys/wrapping/wrap', '120', { any: 'thing' }));
    expect(dataOf(await unwrap(String(token)))).toEqual({ any: 'thing' });
  });

  if (target.isDouble)
    describe('the double alone', () => {
      it('ends a wrapping token with its life', async () => {
        const { token, creation_time } = await wrapSecretId();
        expect(creation_time).toEqual(instant);
        await server.double.steer('POST', '/clock', { advanceMs: 120_000 });
        expect(refusal(await unwrap(String(token)))).toEqual(spent);
        expect(refusal(await lookUp(String(token)))).toEqual(spent);
      });
    });
});
