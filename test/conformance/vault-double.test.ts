import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startDouble } from './double.ts';
import { targets, targetsOf } from './targets.ts';
import { useServer } from './use-server.ts';
import { refusal } from './wire.ts';

interface Entry {
  method: string;
  path: string;
  query: string[];
  namespace: string | null;
  accessor: string | null;
  status: number | null;
  fault: string | null;
  error: string | null;
  strays: string[];
}

it('The suite goes to a server only by its own variables, never by those of a shell', () => {
  const shell = { VAULT_ADDR: 'https://vault.example.test', VAULT_TOKEN: 'hvs.production' };
  expect(targetsOf(shell).map(({ isDouble }) => isDouble)).toEqual([true, true]);
  expect(targetsOf({ ...shell, CONFORMANCE_VAULT_ADDR: 'http://127.0.0.1:1' })).toHaveLength(2);
  expect(
    targetsOf({ CONFORMANCE_VAULT_ADDR: 'http://127.0.0.1:1', CONFORMANCE_VAULT_TOKEN: 'x' }).map(
      ({ isDouble }) => isDouble,
    ),
  ).toEqual([false]);
});

describe.each(targets.filter(({ isDouble }) => isDouble))('What only the double can, $name', (target) => {
  const server = useServer(target, ['kv']);
  const key = () => `${server.at.kv}/data/key`;
  const steer = (method: string, path: string, body?: unknown) => server.double.steer(method, path, body);
  const fail = (fault: Record<string, unknown>) => steer('POST', '/faults', fault);
  const read = () => server.ask('GET', key());
  const journal = async () => (await steer('GET', '/journal')) as Entry[];
  afterEach(() => steer('DELETE', '/faults'));

  describe('faults', () => {
    it('answer with a status and a body', async () => {
      await fail({ kind: 'status', status: 500, body: { errors: ['internal error'] } });
      expect(refusal(await read())).toEqual({ status: 500, errors: ['internal error'] });
    });
    it('answer with a page and status 200', async () => {
      await fail({ kind: 'status', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } });
      const reply = await read();
      expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([200, '<html>', 'text/html']);
    });
    it('strike once unless told otherwise', async () => {
      await fail({ kind: 'status', status: 500 });
      expect([(await read()).status, (await read()).status]).toEqual([500, 404]);
    });
    it('strike the n-th request as often as told', async () => {
      await fail({ kind: 'status', status: 500, skip: 1, times: 2 });
      const statuses = [];
      for (let n = 0; n < 4; n++) statuses.push((await read()).status);
      expect(statuses).toEqual([404, 500, 500, 404]);
    });
    it('strike only the path and method named', async () => {
      await fail({ kind: 'status', status: 500, path: `${server.at.kv}/*`, method: 'POST' });
      expect((await read()).status).toBe(404);
      expect((await server.ask('POST', 'auth/token/lookup', { body: { token: 'x' } })).status).toBe(403);
      expect((await server.ask('POST', key(), { body: { data: {} } })).status).toBe(500);
    });
    it('redirect with path and query', async () => {
      await fail({ kind: 'redirect', location: 'https://elsewhere.example.test' });
      const reply = await server.ask('GET', `${key()}?version=3`);
      expect([reply.status, reply.headers.get('location')]).toEqual([
        307,
        `https://elsewhere.example.test/v1/${key()}?version=3`,
      ]);
    });
    it('cut the connection before the request has an effect', async () => {
      await fail({ kind: 'reset', method: 'POST' });
      await expect(server.ask('POST', `${server.at.kv}/data/reset`, { body: { data: {} } })).rejects.toThrow();
      expect((await server.ask('GET', `${server.at.kv}/data/reset`)).status).toBe(404);
    });
    it('cut the connection after the request has had its effect', async () => {
      await fail({ kind: 'reset-after', method: 'POST' });
      await expect(server.ask('POST', `${server.at.kv}/data/after`, { body: { data: {} } })).rejects.toThrow();
      expect((await server.ask('GET', `${server.at.kv}/data/after`)).status).toBe(200);
    });
    it('cut the body short of what was announced', async () => {
      await fail({ kind: 'truncate', bytes: 5 });
      await expect(read()).rejects.toThrow();
    });
    it('cut the body short and end as if that were all', async () => {
      await fail({ kind: 'truncate', bytes: 5, announce: false });
      expect(await read()).toMatchObject({ status: 404, text: '{"err' });
    });
    it('never answer', async () => {
      await fail({ kind: 'hang' });
      const asked = fetch(`${server.url}/v1/sys/health`, { signal: AbortSignal.timeout(100) });
      await expect(asked).rejects.toThrow(/timeout/i);
      expect((await journal()).at(-1)).toMatchObject({ fault: 'hang', status: null });
    });
    it('answer late', async () => {
      await fail({ kind: 'slow', delayMs: 50 });
      expect((await read()).status).toBe(404);
    });
    it('answer byte by byte', async () => {
      await fail({ kind: 'drip', delayMs: 1 });
      expect(refusal(await read())).toEqual({ status: 404, errors: [] });
    });
    it('are refused when nobody could tell what they mean', async () => {
      await expect(fail({ kind: 'gremlin' })).rejects.toThrow('kind is one of status, slow');
      await expect(fail({ kind: 'redirect' })).rejects.toThrow('redirect needs a location');
    });
    it('that still wait can be seen, and dropped', async () => {
      await fail({ kind: 'hang', path: 'never' });
      expect(await steer('GET', '/faults')).toEqual([{ kind: 'hang', path: 'never', times: 1, skip: 0 }]);
      await steer('DELETE', '/faults');
      expect(await steer('GET', '/faults')).toEqual([]);
    });
  });

  describe('the journal', () => {
    it('tells every request', async () => {
      await steer('DELETE', '/journal');
      await server.ask('GET', `${key()}?version=3`, { headers: { 'x-vault-namespace': '/' } });
      await server.ask('GET', 'auth/token/lookup-self', { token: null });
      expect(await journal()).toMatchObject([
        { method: 'GET', path: key(), query: ['version'], namespace: '/', accessor: expect.any(String), status: 404 },
        { path: 'auth/token/lookup-self', accessor: null, status: 403, error: expect.stringContaining('denied') },
      ]);
    });
    it('holds no secret', async () => {
      const token = await server.makeToken({ policies: ['default'], ttl: '5m' });
      await server.arrange('POST', key(), { data: { refresh_token: 'canary-in-a-secret' } });
      await server.ask('GET', 'auth/token/lookup-self', { token });
      const text = JSON.stringify(await journal());
      expect([token, 'canary-in-a-secret', server.token].filter((secret) => text.includes(secret))).toEqual([]);
    });
    it('tells where a secret stood that is no place for one, and hides it', async () => {
      await server.arrange('POST', key(), { data: { refresh_token: 'canary-that-strays' } });
      await steer('DELETE', '/journal');
      await server.ask('GET', `${server.at.kv}/data/canary-that-strays`);
      await server.ask('GET', `${key()}?t=canary-that-strays`);
      await server.ask('GET', key(), { headers: { 'user-agent': 'canary-that-strays' } });
      const strays = (await steer('GET', '/strays')) as Entry[];
      expect(strays.map((entry) => entry.strays)).toEqual([['path'], ['query'], ['user-agent']]);
      expect(JSON.stringify(strays)).not.toContain('canary-that-strays');
    });
    it('finds no stray in header and body', async () => {
      await steer('DELETE', '/journal');
      await server.ask('POST', key(), { body: { data: { refresh_token: 'canary-in-its-place' } } });
      await server.ask('GET', 'auth/token/lookup-self', {
        token: null,
        headers: { authorization: `Bearer ${server.token}` },
      });
      expect(await steer('GET', '/strays')).toEqual([]);
    });
  });

  describe('the clock', () => {
    it('stands where it is set, and health tells its time', async () => {
      await steer('POST', '/clock', { set: '2031-02-03T04:05:06Z', running: false });
      const reply = await server.ask('GET', 'sys/health');
      await steer('POST', '/clock', { set: new Date().toISOString(), running: true });
      expect(reply.body?.['server_time_utc']).toBe(Date.parse('2031-02-03T04:05:06Z') / 1000);
    });
    it('refuses what is no time', async () => {
      await expect(steer('POST', '/clock', { set: 'soon' })).rejects.toThrow('ISO 8601');
    });
  });

  describe('TLS', () => {
    const file = (name: string) => `test/data/tls/${name}.pem`;
    const ca = readFileSync(file('authority'));
    const health = (url: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get(`${url}/v1/sys/health`, { ca, agent: false }, (response) => resolve(response.resume().statusCode)).on(
          'error',
          reject,
        );
      });

    it('is spoken with the certificate it was started with, until another takes its place', async () => {
      const double = await startDouble(['--tls-key', file('server-key'), '--tls-cert', file('server')]);
      expect(await health(double.url)).toBe(200);
      const [key, cert] = ['elsewhere-key', 'elsewhere'].map((name) => readFileSync(file(name), 'utf8'));
      await double.steer('POST', '/tls', { key, cert });
      await expect(health(double.url)).rejects.toThrow(/altname/i);
      await double.stop();
    });
    it('is not to be had from a double started without', async () => {
      await expect(steer('POST', '/tls', { key: '', cert: '' })).rejects.toThrow('speaks plain HTTP');
    });
  });

  describe('the control port', () => {
    it('lists what it can', async () => {
      const { routes } = (await steer('GET', '/')) as { routes: string[] };
      expect(routes).toContain('POST /faults');
    });
    it('refuses a web page', async () => {
      const response = await fetch(`${server.double.controlUrl}/journal`, {
        headers: { origin: 'http://evil.example' },
      });
      expect(response.status).toBe(403);
    });
    it('refuses another name for this machine, which a page could have pointed here', async () => {
      const { hostname, port } = new URL(server.double.controlUrl);
      const line = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () =>
          socket.write('GET /journal HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
        );
        socket.once('data', (chunk) => resolve(chunk.toString().split('\r\n')[0] ?? ''));
        socket.once('error', reject);
      });
      expect(line).toBe('HTTP/1.1 403 Forbidden');
    });
    it('refuses a setting there is not', async () => {
      await expect(steer('POST', '/settings', { colour: 'blue' })).rejects.toThrow('There is no setting colour');
    });
  });
});
