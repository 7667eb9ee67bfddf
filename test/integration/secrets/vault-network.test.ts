import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openSystemFetch } from '../../../src/network.ts';
import { startTestVault } from '../../support/vault-store.ts';

const pem = (name: string) => readFileSync(new URL(`../../data/tls/${name}.pem`, import.meta.url), 'utf8');

/** A server that answers as it is told, and what reached it. */
async function startHttp(answer: RequestListener) {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reached,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const changed: string[] = [];
/** Sets a variable for one test. */
function setEnvironment(variables: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(variables)) {
    changed.push(name);
    process.env[name] = value;
  }
}
afterEach(() => {
  for (const name of changed.splice(0)) delete process.env[name];
});

describe('Prospector, talking to Vault,', () => {
  it('follows no redirect, and sends the token nowhere else', async () => {
    await using elsewhere = await startHttp((_request, response) => void response.end('{}'));
    for (const status of [301, 302, 303, 307, 308]) {
      await using vault = await startTestVault();
      const store = await vault.open();
      vault.control.fail({ kind: 'redirect', status, location: elsewhere.url, path: 'secret/*' });
      await expect(store.read('a')).rejects.toMatchObject({ code: status === 307 ? 'standby' : 'redirected' });
      await vault.pass(5_000);
      vault.control.fail({ kind: 'redirect', status, location: elsewhere.url, path: 'secret/*' });
      await expect(store.write('a', { n: 1 }, 0)).rejects.toMatchObject({ name: 'SecretStoreError' });
    }
    expect(elsewhere.reached).toEqual([]);
  });

  it('says of a redirect to a log-in page or to plain http that it is refused', async () => {
    await using vault = await startTestVault({
      tls: { key: pem('server-key'), cert: pem('server') },
    });
    const network = openSystemFetch({ ca: pem('authority'), connectTimeoutMs: 3_000 });
    for (const location of [
      'http://leader.example.com/v1/sys/health',
      'https://portal.example.com/login',
      '/login',
      '::',
    ]) {
      vault.control.fail({ kind: 'status', status: 307, headers: { location }, path: 'sys/health' });
      const store = await vault.open({ fetch: network.fetch });
      expect(await store.check()).toMatchObject({ code: 'redirected' });
      await store.close();
    }
    await network.close();
  });

  it('uses no proxy of the environment, and no variable of node-vault’s', async () => {
    await using proxy = await startHttp((_request, response) => void response.end('{}'));
    setEnvironment({
      HTTP_PROXY: proxy.url,
      http_proxy: proxy.url,
      HTTPS_PROXY: proxy.url,
      ALL_PROXY: proxy.url,
      NODE_USE_ENV_PROXY: '1',
      VAULT_ADDR: proxy.url,
      VAULT_TOKEN: 'hvs.of-the-shell',
      VAULT_NAMESPACE: 'of-the-shell',
      VAULT_PREFIX: '/of-the-shell',
      VAULT_SKIP_VERIFY: 'true',
    });
    await using vault = await startTestVault();
    const network = openSystemFetch({ connectTimeoutMs: 3_000 });
    const store = await vault.open({
      ...vault.control.addRole('prospector', { token_policies: 'prospector' }),
      fetch: network.fetch,
    });
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    expect(proxy.reached).toEqual([]);
    const entries = vault.control.journal();
    expect(entries.filter(({ path, namespace }) => namespace !== null || path.includes('shell'))).toEqual([]);
    expect(entries.find(({ path }) => path === 'auth/approle/login')?.accessor).toBeNull();
    expect(vault.control.strays()).toEqual([]);
    await network.close();
  });

  it('says that every request is one of a client’s own, as agents in front demand', async () => {
    await using vault = await startTestVault({ settings: { requireRequestHeader: true } });
    const store = await vault.open(vault.control.addRole('prospector', { token_policies: 'prospector' }));
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    await store.close();
    expect(vault.asked().filter((entry) => / 412$/.test(entry))).toEqual([]);
  });

  it('takes an answer that is cut, endless or not JSON for no answer of Vault', async () => {
    let written = 0;
    await using endless = await startHttp((_request, response) => {
      response.setHeader('content-type', 'application/json');
      const more = () => {
        do written += 60_000;
        while (response.write(`"${'x'.repeat(60_000)}",`));
        response.once('drain', more);
      };
      response.write('[');
      more();
    });
    await using page = await startHttp((_request, response) => void response.end('<html>Welcome</html>'));
    await using vault = await startTestVault();
    const network = openSystemFetch({ connectTimeoutMs: 3_000 });
    for (const [address, words] of [
      [endless.url, 'a body larger than 1 MiB'],
      [page.url, 'a body that is not JSON'],
    ] as const) {
      const store = await vault.open({ address, fetch: network.fetch });
      expect(await store.check()).toMatchObject({
        code: 'unexpected_response',
        message: expect.stringContaining(words),
      });
      await store.close();
    }
    expect(written).toBeLessThan(50_000_000);
    const store = await vault.open({ fetch: network.fetch });
    await store.write('a', { n: 1 }, 0);
    for (const announce of [true, false]) {
      vault.control.fail({ kind: 'truncate', bytes: 40, announce, path: 'secret/*' });
      await expect(store.read('a')).rejects.toMatchObject({
        code: announce ? 'unreachable' : 'unexpected_response',
      });
      await vault.clock.advance(5_000);
      await expect.poll(() => store.check()).toEqual({ available: true });
    }
    await store.close();
    await network.close();
  });
});

describe('Prospector, checking Vault’s certificate,', () => {
  it('trusts the authority it is given', async () => {
    await using vault = await startTestVault({ tls: { key: pem('server-key'), cert: pem('server') } });
    const network = openSystemFetch({ ca: pem('authority'), connectTimeoutMs: 3_000 });
    const store = await vault.open({ fetch: network.fetch });
    expect(await store.write('a', { n: 1 }, 0)).toBe(1);
    await store.close();
    await network.close();
  });

  it.each([
    ['an authority nobody knows', 'server', undefined, /authority is unknown|signed by/],
    ['a certificate that ended', 'expired', 'authority', /has expired/],
    ['a certificate for another name', 'elsewhere', 'authority', /for another name/],
  ])('refuses %s, whatever the environment says', async (_what, name, ca, words) => {
    setEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0', VAULT_SKIP_VERIFY: '1' });
    await using vault = await startTestVault({ tls: { key: pem(`${name}-key`), cert: pem(name) } });
    const network = openSystemFetch({ connectTimeoutMs: 3_000, ...(ca !== undefined && { ca: pem(ca) }) });
    const store = await vault.open({ fetch: network.fetch });
    expect(await store.check()).toMatchObject({
      code: 'tls',
      message: expect.stringMatching(words),
      nextAction: expect.stringContaining('VAULT_CACERT'),
    });
    expect(vault.control.journal()).toEqual([]);
    await store.close();
    await network.close();
  });

  it('refuses old TLS, and a server that speaks none', async () => {
    const network = openSystemFetch({ ca: pem('authority'), connectTimeoutMs: 3_000 });
    await using old = await startTestVault({
      tls: { key: pem('server-key'), cert: pem('server'), maxVersion: 'TLSv1.1' },
    });
    await using plain = await startTestVault();
    for (const vault of [old, plain]) {
      const store = await vault.open({ fetch: network.fetch, address: vault.double.url.replace('http:', 'https:') });
      expect(await store.check()).toMatchObject({ code: 'tls' });
      expect(vault.control.journal()).toEqual([]);
      await store.close();
    }
    await network.close();
  });
});
