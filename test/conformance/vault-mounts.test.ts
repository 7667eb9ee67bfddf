import { describe, expect, it } from 'vitest';
import { envelope } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { dataOf, refusal } from './wire.ts';

describe.each(targets)('Mounts, $name', (target) => {
  const server = useServer(target, ['kv', 'kv1']);
  const preflight = (path: string, token?: string | null) =>
    server.ask('GET', `sys/internal/ui/mounts/${path}`, token === undefined ? {} : { token });

  describe('preflight', () => {
    it('tells a KV v2 mount by its options', async () => {
      const reply = await preflight(`${server.at.kv}/any/key`);
      expect(reply.status).toBe(200);
      expect(dataOf(reply)).toMatchObject({ options: { version: '2' }, path: `${server.at.kv}/`, type: 'kv' });
    });
    it('tells a KV v1 mount by its options', async () => {
      expect(dataOf(await preflight(server.at.kv1))).toMatchObject({ options: { version: '1' }, type: 'kv' });
    });
    it('refuses a path without a mount with 403, even to a token that may do everything', async () => {
      expect(refusal(await preflight(`${server.prefix}-nowhere/key`))).toEqual({
        status: 403,
        errors: [
          `preflight capability check returned 403, please ensure client's policies grant access to path "${server.prefix}-nowhere/key/"`,
        ],
      });
    });
    it('refuses a token without any policy on the mount with 403', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
      expect(refusal(await preflight(`${server.at.kv}/key`, token))).toEqual({
        status: 403,
        errors: [expect.stringContaining('preflight capability check returned 403')],
      });
    });
    it('lets a token in that may do anything below the mount', async () => {
      const policy = await server.writePolicy(
        'below',
        `path "${server.at.kv}/data/deep/er/*" { capabilities = ["read"] }`,
      );
      const token = await server.makeToken({ policies: [policy], ttl: '5m' });
      expect((await preflight(server.at.kv, token)).status).toBe(200);
    });
    it('refuses nobody with 403', async () => {
      expect((await preflight(server.at.kv, null)).status).toBe(403);
    });
  });

  describe('a KV v1 mount', () => {
    const at = (key: string) => `${server.at.kv1}/${key}`;
    it('answers 204 to a write and gives the value as it is', async () => {
      expect((await server.ask('POST', at('key'), { body: { user: 'jane' } })).status).toBe(204);
      const reply = await server.ask('GET', at('key'));
      expect(reply.status).toBe(200);
      expect(dataOf(reply)).toEqual({ user: 'jane' });
    });
    it('takes a v2 path for a key like any other', async () => {
      await server.arrange('POST', at('data/key'), { data: { n: 1 }, options: { cas: 0 } });
      expect(dataOf(await server.ask('GET', at('data/key')))).toEqual({ data: { n: 1 }, options: { cas: 0 } });
    });
    it('answers 404 with an empty list of errors for a key that never was', async () => {
      expect(refusal(await server.ask('GET', at('never')))).toEqual({ status: 404, errors: [] });
    });
    it('deletes for ever', async () => {
      await server.arrange('POST', at('gone'), { n: 1 });
      expect((await server.ask('DELETE', at('gone'))).status).toBe(204);
      expect((await server.ask('GET', at('gone'))).status).toBe(404);
    });
    it('lists', async () => {
      await server.arrange('POST', at('list/a'), { n: 1 });
      await server.arrange('POST', at('list/b/c'), { n: 1 });
      expect(dataOf(await server.ask('LIST', at('list')))).toEqual({ keys: ['a', 'b/'] });
    });
  });

  describe('a v1 path on a v2 mount', () => {
    it.each(['GET', 'POST', 'DELETE'])('is answered to %s by a 404 with an envelope that warns', async (method) => {
      const reply = await server.ask(method, `${server.at.kv}/key`, method === 'POST' ? { body: { n: 1 } } : {});
      expect(reply.status).toBe(404);
      expect(reply.body).not.toHaveProperty('errors');
      expect(reply.body).toMatchObject({
        warnings: [expect.stringMatching(/^Invalid path for a versioned K\/V secrets engine\. See the API docs/)],
      });
    });
  });

  describe('a path', () => {
    it('without a mount is a 404 that names it, to a token that may do everything', async () => {
      expect(refusal(await server.ask('GET', `${server.prefix}-nowhere/key`))).toEqual({
        status: 404,
        errors: [`no handler for route "${server.prefix}-nowhere/key". route entry not found.`],
      });
    });
    it('without a mount is a 403 to a token that may not', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
      expect((await server.ask('GET', `${server.prefix}-nowhere/key`, { token })).status).toBe(403);
    });
    it('an engine does not have is a 404', async () => {
      expect(refusal(await server.ask('GET', 'auth/token/no-such-thing'))).toEqual({
        status: 404,
        errors: [expect.stringContaining('unsupported path')],
      });
    });
    it('outside /v1 is a 404 or the way to the pages for people', async () => {
      const response = await fetch(`${server.url}/secret/data/key`, { redirect: 'manual' });
      expect([404, 307]).toContain(response.status);
    });
    it('takes no method that is none', async () => {
      expect((await server.ask('DELETE', 'auth/token/lookup-self')).status).toBe(405);
    });
  });

  it('mounts an engine with 204 and takes it away with 204', async () => {
    const path = `sys/mounts/${server.prefix}-temporary`;
    expect((await server.ask('POST', path, { body: { type: 'kv', options: { version: '1' } } })).status).toBe(204);
    expect((await server.ask('DELETE', path)).status).toBe(204);
  });
  it('refuses to mount where something is', async () => {
    expect(refusal(await server.ask('POST', `sys/mounts/${server.at.kv}`, { body: { type: 'kv' } }))).toEqual({
      status: 400,
      errors: [`path is already in use at ${server.at.kv}/`],
    });
  });
  it('lists mounts by path', async () => {
    const reply = await server.ask('GET', 'sys/mounts');
    expect(reply.body).toEqual(envelope({ data: expect.any(Object) }));
    expect(dataOf(reply)).toMatchObject({
      [`${server.at.kv}/`]: { type: 'kv', options: { version: '2' } },
      'sys/': { type: 'system' },
    });
  });
});
