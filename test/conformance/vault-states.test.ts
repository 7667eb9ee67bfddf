import { afterEach, describe, expect, it } from 'vitest';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { refusal } from './wire.ts';

describe.each(targets)('States, $name', (target) => {
  const server = useServer(target, ['kv']);
  const health = (query = '', method = 'GET') => server.ask(method, `sys/health${query}`, { token: null });

  it('is active when the suite begins', async () => {
    expect((await health()).status).toBe(200);
  });
  if (!target.isDouble) return;

  const steer = (path: string, body?: unknown) => server.double.steer('POST', path, body);
  const read = () => server.ask('GET', `${server.at.kv}/data/key?version=0`);
  const unsealWith = (body: unknown) => server.ask('PUT', 'sys/unseal', { token: null, body });
  const sealed = { status: 503, errors: ['Vault is sealed'] };

  describe('sealed, the double alone', () => {
    const close = () => steer('/seal');
    afterEach(async () => {
      await steer('/unseal');
      await steer('/role', { role: 'active' });
      await steer('/settings', { standby: 'forward', warmUpFailures: 0 });
    });

    it('is a 503 that names no cluster', async () => {
      await close();
      const reply = await health();
      expect(reply.status).toBe(503);
      expect(reply.body).toMatchObject({
        initialized: true,
        sealed: true,
        standby: true,
        replication_performance_mode: 'unknown',
        replication_dr_mode: 'unknown',
      });
      expect(reply.body).not.toHaveProperty('cluster_name');
      expect(reply.body).not.toHaveProperty('cluster_id');
    });
    it('is the same status to HEAD', async () => {
      await close();
      expect(await health('', 'HEAD')).toMatchObject({ status: 503, text: '' });
    });
    it('is the status asked for in sealedcode', async () => {
      await close();
      expect((await health('?sealedcode=299')).status).toBe(299);
    });
    it('is 200 to seal-status, without a cluster', async () => {
      await close();
      const reply = await server.ask('GET', 'sys/seal-status', { token: null });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({ initialized: true, sealed: true, t: 2, n: 3, progress: 0 });
      expect(reply.body).not.toHaveProperty('cluster_name');
    });
    it.each([
      ['GET', 'secret/data/key'],
      ['POST', 'secret/data/key'],
      ['POST', 'auth/approle/login'],
      ['GET', 'auth/token/lookup-self'],
      ['POST', 'auth/token/renew-self'],
      ['POST', 'sys/wrapping/unwrap'],
      ['GET', 'sys/internal/ui/mounts/secret'],
      ['GET', 'sys/leader'],
      ['GET', 'nowhere/at/all'],
    ])('is a 503 to %s %s', async (method, path) => {
      await close();
      expect(refusal(await server.ask(method, path, method === 'POST' ? { body: {} } : {}))).toEqual(sealed);
    });
    it('is the same to a dead token as to a living one', async () => {
      await close();
      expect(refusal(await server.ask('GET', 'auth/token/lookup-self', { token: 'nobody' }))).toEqual(sealed);
    });
    it('opens with enough keys, one by one', async () => {
      await close();
      const [first, second] = server.double.unsealKeys;
      expect(await unsealWith({ key: first })).toMatchObject({ status: 200, body: { sealed: true, progress: 1 } });
      expect(await unsealWith({ key: second })).toMatchObject({ status: 200, body: { sealed: false, progress: 0 } });
      expect((await health()).status).toBe(200);
    });
    it('counts a key once', async () => {
      await close();
      const [first] = server.double.unsealKeys;
      await unsealWith({ key: first });
      expect(await unsealWith({ key: first })).toMatchObject({ body: { sealed: true, progress: 1 } });
    });
    it('forgets the keys given on a reset', async () => {
      await close();
      await unsealWith({ key: server.double.unsealKeys[0] });
      expect(await unsealWith({ reset: true })).toMatchObject({ status: 200, body: { progress: 0 } });
    });
    it('stays closed to keys that do not fit', async () => {
      await close();
      await unsealWith({ key: 'aa'.repeat(33) });
      expect((await unsealWith({ key: 'bb'.repeat(33) })).status).toBe(400);
      expect((await health()).status).toBe(503);
    });
    it('refuses to open without a key', async () => {
      await close();
      expect((await unsealWith({})).status).toBe(400);
    });
    it('keeps what was stored, and the tokens', async () => {
      const token = await server.makeToken({ policies: ['default'] });
      await server.arrange('POST', `${server.at.kv}/data/kept`, { data: { n: 1 } });
      await close();
      await steer('/unseal');
      expect((await server.ask('GET', `${server.at.kv}/data/kept`)).status).toBe(200);
      expect((await server.ask('GET', 'auth/token/lookup-self', { token })).status).toBe(200);
    });
    it('is closed by a token that may, with 204', async () => {
      expect(await server.ask('PUT', 'sys/seal')).toMatchObject({ status: 204, text: '' });
      expect((await health()).status).toBe(503);
    });
    it('fails for a while after opening where it was told to', async () => {
      await steer('/settings', { warmUpFailures: 2 });
      await close();
      await steer('/unseal');
      expect((await health()).status).toBe(200);
      const statuses = [(await read()).status, (await read()).status, (await read()).status];
      expect(statuses).toEqual([500, 500, 404]);
    });
  });

  describe('in a cluster, the double alone', () => {
    const be = (role: string, standby = 'forward') =>
      steer('/settings', { standby, leaderUrl: 'https://leader.example.test:8200' }).then(() =>
        steer('/role', { role }),
      );
    afterEach(() => be('active'));

    it.each([
      ['standby', 429, 'standbycode', true],
      ['dr', 472, 'drsecondarycode', false],
      ['perf', 473, 'performancestandbycode', true],
    ])('is, as %s, a %i that %s replaces', async (role, status, parameter, standby) => {
      await be(role);
      const reply = await health();
      expect(reply.status).toBe(status);
      expect(reply.body).toMatchObject({ initialized: true, sealed: false, standby });
      expect((await health(`?${parameter}=299`)).status).toBe(299);
    });
    it('is a 200 as standby to one who does not mind', async () => {
      await be('standby');
      expect((await health('?standbyok=true')).status).toBe(200);
      expect((await health('?standbyok=false')).status).toBe(429);
      expect((await health('?perfstandbyok=true')).status).toBe(429);
    });
    it('is a 200 as performance standby to one who does not mind', async () => {
      await be('perf');
      expect((await health('?perfstandbyok=true')).status).toBe(200);
      expect((await health('?standbyok=true')).status).toBe(473);
    });
    it('tells a DR secondary by its mode', async () => {
      await be('dr');
      expect((await health()).body).toMatchObject({ replication_dr_mode: 'secondary' });
    });
    it('sends a request on as a standby that forwards', async () => {
      await be('standby');
      expect((await read()).status).toBe(404);
    });
    it('points to the leader with path and query, and says nothing else', async () => {
      await be('standby', 'redirect');
      const reply = await read();
      expect(reply).toMatchObject({ status: 307, text: '' });
      expect(reply.headers.get('location')).toBe(
        `https://leader.example.test:8200/v1/${server.at.kv}/data/key?version=0`,
      );
    });
    it('points a login and a write to the leader as well', async () => {
      await be('standby', 'redirect');
      const login = await server.ask('POST', 'auth/approle/login', { token: null, body: {} });
      const write = await server.ask('POST', `${server.at.kv}/data/key`, { body: { data: {} } });
      expect([login.status, write.status]).toEqual([307, 307]);
    });
    it.each([
      ['no-leader', 503, 'no active Vault instance found'],
      ['not-active', 503, 'node is not active'],
      ['electing', 500, 'local node not active but active cluster node not found'],
    ])('refuses as a standby with %s', async (standby, status, text) => {
      await be('standby', standby);
      expect(refusal(await read())).toEqual({ status, errors: [text] });
    });
    it('answers as a performance standby', async () => {
      await be('perf');
      expect((await read()).status).toBe(404);
    });
    it('refuses everything as a DR secondary', async () => {
      await be('dr');
      expect((await read()).status).toBe(400);
    });
    it('steps down when a token that may says so', async () => {
      expect((await server.ask('PUT', 'sys/step-down')).status).toBe(204);
      expect((await health()).status).toBe(429);
    });
    it('answers health as what it is even while it redirects', async () => {
      await be('standby', 'redirect');
      expect((await health()).status).toBe(429);
    });
  });

  describe('not initialised, the double alone', () => {
    it('is a 501, its code replaceable, its seal-status 200', async () => {
      await steer('/uninitialize');
      const reply = await health();
      expect(reply.status).toBe(501);
      expect(reply.body).toMatchObject({ initialized: false, sealed: true, standby: true });
      expect((await health('?uninitcode=299')).status).toBe(299);
      const status = await server.ask('GET', 'sys/seal-status', { token: null });
      expect(status).toMatchObject({ status: 200, body: { initialized: false, sealed: true, t: 0, n: 0 } });
      expect((await server.ask('GET', 'sys/init', { token: null })).body).toEqual({ initialized: false });
    });
    it('is a 503 to everything else', async () => {
      expect(refusal(await read())).toEqual(sealed);
    });
    it('takes no key before there are any', async () => {
      expect((await unsealWith({ key: 'aa' })).status).toBe(400);
    });
    it('refuses keys that could never open it', async () => {
      const body = { secret_shares: 1, secret_threshold: 2 };
      expect((await server.ask('PUT', 'sys/init', { token: null, body })).status).toBe(400);
    });
    it('gives keys and a root token once, and is sealed until the keys are used', async () => {
      const body = { secret_shares: 1, secret_threshold: 1 };
      const made = await server.ask('PUT', 'sys/init', { token: null, body });
      expect(made.status).toBe(200);
      const { keys, keys_base64, root_token } = made.body as {
        keys: string[];
        keys_base64: string[];
        root_token: string;
      };
      expect([keys.length, keys_base64.length]).toEqual([1, 1]);
      expect((await health()).status).toBe(503);
      await unsealWith({ key: keys[0] });
      expect((await health()).status).toBe(200);
      expect((await server.ask('GET', 'auth/token/lookup-self', { token: root_token })).status).toBe(200);
    });
    it('has nothing mounted at secret until somebody mounts it', async () => {
      // The token of the suite is of the server that is no more.
      expect((await server.ask('GET', 'secret/data/key')).status).toBe(403);
    });
  });
});
