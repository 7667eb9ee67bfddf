import { describe, expect, it } from 'vitest';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { refusal } from './wire.ts';

/** A client decides by these whether to log in again (F36): the whole text where it is sure, a part where it is not. */
const notAllowed = { status: 403, errors: ['1 error occurred:\n\t* permission denied\n\n'] };

describe.each(targets)('Refusals, $name', (target) => {
  const server = useServer(target, ['kv']);
  const dead = () => ({
    status: 403,
    errors:
      server.dialect === 'vault'
        ? [expect.stringMatching(/permission denied[\s\S]*invalid token/)]
        : ['permission denied'],
  });
  const revoked = async () => {
    const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
    await server.arrange('POST', 'auth/token/revoke', { token });
    return token;
  };
  const read = (token: string | null) => server.ask('GET', `${server.at.kv}/data/key`, { token });

  it('meet a request without a token', async () => {
    expect(refusal(await read(null))).toEqual(dead());
  });
  it('meet a token nobody knows', async () => {
    expect(refusal(await read('nobody-knows-this-token'))).toEqual(dead());
  });
  it('meet a revoked token', async () => {
    expect(refusal(await read(await revoked()))).toEqual(dead());
  });
  it('meet a revoked token that looks itself up', async () => {
    expect(refusal(await server.ask('GET', 'auth/token/lookup-self', { token: await revoked() }))).toEqual(dead());
  });
  it('meet a revoked token that renews itself', async () => {
    expect(refusal(await server.ask('POST', 'auth/token/renew-self', { token: await revoked() }))).toEqual(dead());
  });
  it('meet a revoked token on a path without a mount', async () => {
    expect((await server.ask('GET', `${server.prefix}-nowhere/x`, { token: await revoked() })).status).toBe(403);
  });
  it('meet a living token without a policy in other words', async () => {
    expect(refusal(await read(await server.makeToken({ policies: ['default'], ttl: '5m' })))).toEqual(notAllowed);
  });
  it('never say of a living token that it is invalid', async () => {
    const reply = await read(await server.makeToken({ policies: ['default'], ttl: '5m' }));
    expect(reply.text).not.toContain('invalid token');
  });
  it('let a living token without a policy look itself up none the less', async () => {
    const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
    expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(200);
  });
  it('meet a login where no such method is mounted, without a token, with 403', async () => {
    const reply = await server.ask('POST', `auth/${server.prefix}-nowhere/login`, {
      token: null,
      body: { role_id: 'r' },
    });
    expect(refusal(reply)).toEqual({ status: 403, errors: [expect.stringContaining('permission denied')] });
  });
  it('name the route of such a login to a token that may do everything', async () => {
    const reply = await server.ask('POST', `auth/${server.prefix}-nowhere/login`, { body: { role_id: 'r' } });
    expect(refusal(reply)).toEqual({
      status: 404,
      errors: [`no handler for route "auth/${server.prefix}-nowhere/login". route entry not found.`],
    });
  });
  it('carry no envelope', async () => {
    expect(Object.keys((await read(null)).body ?? {})).toEqual(['errors']);
  });
  it('are JSON and not to be cached', async () => {
    const { headers } = await read(null);
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual(['application/json', 'no-store']);
  });
  it('take a token from an Authorization header as well', async () => {
    const reply = await server.ask('GET', 'auth/token/lookup-self', {
      token: null,
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(reply.status).toBe(200);
  });

  if (target.isDouble)
    describe('the double alone', () => {
      it('meets an expired token in the words for a dead one', async () => {
        const token = await server.makeToken({ policies: ['default'], ttl: '20m' });
        await server.double.steer('POST', '/clock', { advanceMs: 1_200_000 });
        expect(refusal(await read(token))).toEqual(dead());
      });
      it('says the two errors of its dialect, byte by byte', async () => {
        const text =
          server.dialect === 'vault'
            ? '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'
            : 'permission denied';
        expect(refusal(await read(null))).toEqual({ status: 403, errors: [text] });
      });
      it('refuses a request that does not say it is meant for Vault, where it stands behind such a proxy', async () => {
        await server.double.steer('POST', '/settings', { requireRequestHeader: true });
        const without = await server.ask('GET', 'sys/health');
        const withIt = await server.ask('GET', 'sys/health', { headers: { 'x-vault-request': 'true' } });
        await server.double.steer('POST', '/settings', { requireRequestHeader: false });
        expect([without.status, withIt.status]).toEqual([412, 200]);
      });
    });
});
