import { describe, expect, it } from 'vitest';
import { filled } from './shapes.ts';
import { targets } from './targets.ts';
import { useServer } from './use-server.ts';
import { refusal } from './wire.ts';

describe.each(targets)('Health, $name', (target) => {
  const server = useServer(target);
  const health = (query = '', method = 'GET') => server.ask(method, `sys/health${query}`, { token: null });

  it('tells an active server by 200, without a token', async () => {
    const reply = await health();
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      initialized: true,
      sealed: false,
      standby: false,
      replication_performance_mode: 'disabled',
      replication_dr_mode: 'disabled',
      server_time_utc: expect.any(Number),
      version: filled,
      cluster_name: filled,
      cluster_id: filled,
    });
  });
  it('tells the time in whole seconds', async () => {
    expect(Number.isInteger((await health()).body?.['server_time_utc'])).toBe(true);
  });
  it('is no envelope', async () => {
    expect((await health()).body).not.toHaveProperty('request_id');
  });
  it('answers HEAD with the same status and no body', async () => {
    expect(await health('', 'HEAD')).toMatchObject({ status: 200, text: '' });
  });
  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('refuses %s with 405', async (method) => {
    expect((await health('', method)).status).toBe(405);
  });
  it('gives the status asked for in activecode', async () => {
    expect((await health('?activecode=299')).status).toBe(299);
  });
  it('does not care for codes of other states', async () => {
    expect((await health('?standbycode=299&sealedcode=298&uninitcode=297')).status).toBe(200);
  });
  it.each(['activecode', 'standbycode', 'sealedcode', 'uninitcode'])(
    'refuses a %s that is no number with 400',
    async (name) => {
      expect(refusal(await health(`?${name}=ok`))).toEqual({ status: 400, errors: [] });
    },
  );
  it('refuses a standbyok that is no flag with 400', async () => {
    expect((await health('?standbyok=perhaps')).status).toBe(400);
  });
  it('takes standbyok without harm to an active server', async () => {
    expect((await health('?standbyok=true')).status).toBe(200);
  });
  it('is not to be cached', async () => {
    const { headers } = await health();
    expect([headers.get('cache-control'), headers.get('content-type')]).toEqual(['no-store', 'application/json']);
  });

  describe('the seal', () => {
    it('tells its state by 200, without a token', async () => {
      const reply = await server.ask('GET', 'sys/seal-status', { token: null });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        type: filled,
        initialized: true,
        sealed: false,
        t: expect.any(Number),
        n: expect.any(Number),
        progress: 0,
        nonce: '',
        version: filled,
        migration: false,
        cluster_name: filled,
        cluster_id: filled,
        recovery_seal: expect.any(Boolean),
        storage_type: filled,
      });
    });
    it('refuses other methods with 405', async () => {
      expect((await server.ask('POST', 'sys/seal-status', { token: null })).status).toBe(405);
    });
    it('tells whether there is anything to initialise', async () => {
      const reply = await server.ask('GET', 'sys/init', { token: null });
      expect(reply).toMatchObject({ status: 200, body: { initialized: true } });
    });
    it('is made once: again is a 400', async () => {
      const body = { secret_shares: 1, secret_threshold: 1 };
      expect(refusal(await server.ask('PUT', 'sys/init', { token: null, body }))).toEqual({
        status: 400,
        errors: [expect.stringContaining('already initialized')],
      });
    });
    it('is not closed by nobody', async () => {
      expect((await server.ask('PUT', 'sys/seal', { token: null })).status).toBe(403);
      expect((await health()).status).toBe(200);
    });
    it('is not closed by a token that may not', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
      expect((await server.ask('PUT', 'sys/seal', { token })).status).toBe(403);
      expect((await health()).status).toBe(200);
    });
    it('knows who leads', async () => {
      const reply = await server.ask('GET', 'sys/leader', { token: null });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({ ha_enabled: expect.any(Boolean), is_self: expect.any(Boolean) });
    });
  });

  if (target.isDouble)
    describe('the double alone', () => {
      it('has performance standbys in the dialect that knows them', async () => {
        expect(Object.hasOwn((await health()).body ?? {}, 'performance_standby')).toBe(server.dialect === 'vault');
      });
      it('dates its build in the way of its dialect', async () => {
        const { body = {} } = await server.ask('GET', 'sys/seal-status', { token: null });
        expect([Object.hasOwn(body, 'build_date'), Object.hasOwn(body, 'commit_date')]).toEqual(
          server.dialect === 'vault' ? [true, false] : [false, true],
        );
      });
      it('knows no health in a namespace', async () => {
        const reply = await server.ask('GET', 'sys/health', { token: null, headers: { 'x-vault-namespace': 'team' } });
        expect(refusal(reply)).toEqual(
          server.dialect === 'vault'
            ? { status: 404, errors: [expect.stringContaining('unsupported path')] }
            : { status: 400, errors: ['operation unavailable in namespaces'] },
        );
      });
      it.each(['drsecondarycode', 'performancestandbycode'])(
        'refuses a %s that is no number with 400',
        async (name) => {
          expect((await health(`?${name}=ok`)).status).toBe(400);
        },
      );
    });
});
