import { describe, expect, it } from 'vitest';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { authOf, dataOf, refusal } from './wire.ts';

describe.each(targets)('Envelopes and limits, $name', (target) => {
  const server = useServer(target, ['kv']);
  const read = (headers: Record<string, string> = {}) => server.ask('GET', `${server.at.kv}/data/key`, { headers });

  describe('an answer', () => {
    it('has the keys of an envelope, and at most the type of the mount besides', async () => {
      await server.arrange('POST', `${server.at.kv}/data/keys`, { data: { n: 1 } });
      const { body = {} } = await server.ask('GET', `${server.at.kv}/data/keys`);
      expect(
        Object.keys(body)
          .filter((key) => key !== 'mount_type')
          .sort(),
      ).toEqual(
        ['auth', 'data', 'lease_duration', 'lease_id', 'renewable', 'request_id', 'warnings', 'wrap_info'].sort(),
      );
    });
    it('has an id of its own', async () => {
      const id = async () => (await server.ask('GET', 'auth/token/lookup-self')).body?.['request_id'];
      expect(await id()).not.toBe(await id());
    });
    it.each([
      ['with data', 'GET', 'auth/token/lookup-self', 200],
      ['without data', 'DELETE', 'data/never', 204],
      ['of nothing', 'GET', 'data/never', 404],
      ['of refusal', 'POST', 'data/never', 400],
    ])('%s is not to be cached', async (_what, method, path, status) => {
      const whole = path.startsWith('auth/') ? path : `${server.at.kv}/${path}`;
      const reply = await server.ask(method, whole, method === 'POST' ? { body: {} } : {});
      expect([reply.status, reply.headers.get('cache-control')]).toEqual([status, 'no-store']);
    });
    it('is JSON', async () => {
      expect((await read()).headers.get('content-type')).toBe('application/json');
    });
  });

  describe('a rate limit', () => {
    it('refuses what is too much with 429, and names the path', async () => {
      const quota = `sys/quotas/rate-limit/${server.prefix}`;
      await server.arrange('POST', quota, { path: `${server.at.kv}/`, rate: 2, interval: '60s' });
      const replies = [await read(), await read(), await read()];
      await server.arrange('DELETE', quota);
      expect(replies.map(({ status }) => status)).toEqual([404, 404, 429]);
      expect(replies.map(refusal)[2]).toEqual({
        status: 429,
        errors: [`request path "${server.at.kv}/data/key": rate limit quota exceeded`],
      });
      expect((await read()).status).toBe(404);
    });
    it('can be read back', async () => {
      const quota = `sys/quotas/rate-limit/${server.prefix}-read`;
      await server.arrange('POST', quota, { path: `${server.at.kv}/`, rate: 1000 });
      const reply = await server.ask('GET', quota);
      await server.arrange('DELETE', quota);
      expect(dataOf(reply)).toMatchObject({ path: `${server.at.kv}/`, rate: 1000, type: 'rate-limit' });
    });
  });

  if (target.isDouble)
    describe('the double alone', () => {
      it('names the type of the mount as the last key, in the dialect that does', async () => {
        await server.arrange('POST', `${server.at.kv}/data/type`, { data: { n: 1 } });
        const { body = {} } = await server.ask('GET', `${server.at.kv}/data/type`);
        const last = Object.entries(body).at(-1);
        expect(last).toEqual(server.dialect === 'vault' ? ['mount_type', 'kv'] : ['auth', null]);
      });
      it('leaves the type empty on a login', async () => {
        const made = (await server.double.steer('POST', '/roles', { name: 'typed' })) as {
          roleId: string;
          secretId: string;
        };
        const body = { role_id: made.roleId, secret_id: made.secretId };
        const reply = await server.ask('POST', 'auth/approle/login', { token: null, body });
        expect(reply.body?.['mount_type']).toBe(server.dialect === 'vault' ? '' : undefined);
      });
      it('refuses a body that is too large with 413', async () => {
        await server.double.steer('POST', '/settings', { maxRequestSize: 1000 });
        const body = { data: { text: 'x'.repeat(1000) } };
        const reply = await server.ask('POST', `${server.at.kv}/data/large`, { body });
        await server.double.steer('POST', '/settings', { maxRequestSize: 33_554_432 });
        expect(refusal(reply)).toEqual({ status: 413, errors: [expect.stringContaining('too large')] });
      });
      it('lets a rate limit pass with time, and says when', async () => {
        await server.double.steer('POST', '/clock', { running: false });
        await server.arrange('POST', 'sys/quotas/rate-limit/timed', {
          path: `${server.at.kv}/`,
          rate: 1,
          interval: '10s',
        });
        await read();
        const refused = await read();
        await server.double.steer('POST', '/clock', { advanceMs: 10_000 });
        const later = await read();
        await server.arrange('DELETE', 'sys/quotas/rate-limit/timed');
        expect([refused.status, refused.headers.get('retry-after'), later.status]).toEqual([429, '10', 404]);
      });
      it('limits neither health nor the seal', async () => {
        await server.arrange('POST', 'sys/quotas/rate-limit/all', { path: '', rate: 1, interval: '60s' });
        await read();
        const statuses = [
          (await server.ask('GET', 'sys/health')).status,
          (await server.ask('GET', 'sys/seal-status')).status,
          (await read()).status,
        ];
        await server.double.steer('POST', '/clock', { advanceMs: 60_000 });
        await server.arrange('DELETE', 'sys/quotas/rate-limit/all');
        expect(statuses).toEqual([200, 200, 429]);
      });

      describe('namespaces', () => {
        const inTeam = { 'x-vault-namespace': 'team' };
        const ask = (method: string, path: string, body?: unknown, token?: string) =>
          server.ask(method, path, { headers: inTeam, body, ...(token !== undefined && { token }) });

        it('have mounts of their own, by header or by path', async () => {
          await server.arrange('POST', 'sys/namespaces/team', {});
          expect((await ask('GET', 'secret/data/key')).status).toBe(404);
          expect((await ask('POST', 'sys/mounts/secret', { type: 'kv', options: { version: '2' } })).status).toBe(204);
          expect((await ask('POST', 'secret/data/key', { data: { in: 'team' } })).status).toBe(200);
          expect(dataOf(await server.ask('GET', 'team/secret/data/key'))).toMatchObject({ data: { in: 'team' } });
          expect((await server.ask('GET', 'secret/data/key')).status).toBe(404);
        });
        it('come back in a header', async () => {
          expect((await ask('GET', 'secret/data/key')).headers.get('x-vault-namespace')).toBe('team');
        });
        it('have tokens and policies of their own', async () => {
          await ask('PUT', 'sys/policies/acl/app', { policy: 'path "secret/data/*" { capabilities = ["read"] }' });
          const made = await ask('POST', 'auth/token/create', { policies: ['app'], ttl: '5m' });
          const token = String(authOf(made)['client_token']);
          expect((await ask('GET', 'secret/data/key', undefined, token)).status).toBe(200);
          expect((await server.ask('GET', 'secret/data/key', { token })).status).toBe(403);
        });
        it('obey policies of the namespace above by path', async () => {
          const policy = await server.writePolicy('above', 'path "team/secret/data/*" { capabilities = ["read"] }');
          const token = await server.makeToken({ policies: [policy], ttl: '5m' });
          expect((await ask('GET', 'secret/data/key', undefined, token)).status).toBe(200);
        });
        it('that never were are a 404', async () => {
          const reply = await server.ask('GET', 'secret/data/key', { headers: { 'x-vault-namespace': 'nobody' } });
          expect(reply.status).toBe(404);
        });
      });
    });
});
