import { expect, it } from 'vitest';
import { createFlowCookie, createSessionCookie } from '../../../src/server/access/cookies.ts';
import { createHosts } from '../../../src/server/access/hosts.ts';
import { judgeUpgrade } from '../../../src/server/http/upgrade.ts';
import { createSubscriptionSlots } from '../../../src/server/subscriptions/subscription-slots.ts';

it('Prospector knows its own origins by host and port, over http and https, and the address it listens on', () => {
  const hosts = createHosts({
    port: 4_000,
    host: '192.168.1.5',
    publicUrl: 'https://p.example',
    allowedHosts: ['box.lan', '[fe80::1]:81'],
  });
  const ours = [
    'http://localhost:4000',
    'http://127.0.0.1:4000',
    'http://[::1]:4000',
    'https://p.example',
    'http://box.lan',
    'https://BOX.lan:8443',
    'http://192.168.1.5:4000',
    'http://[fe80::1]:81',
  ];
  const foreign = [
    'http://localhost',
    'http://localhost:4001',
    'https://p.example:444',
    'null',
    '',
    'file://',
    'http://p.example.evil',
    'http://evil/p.example',
    'http://u@p.example',
    'chrome-extension://p.example',
    'http://p.example http://evil',
    'http://0.0.0.0:4000',
  ];
  expect(ours.filter((origin) => !hosts.isOurOrigin(origin))).toEqual([]);
  expect(foreign.filter((origin) => hosts.isOurOrigin(origin))).toEqual([]);
  expect(
    createHosts({ port: 80, host: '0.0.0.0', publicUrl: 'http://localhost', allowedHosts: [] }).isOurs('127.0.0.1'),
  ).toBe(true);
});

it('Prospector reads its own cookie among others and no cookie of a similar name', () => {
  const session = createSessionCookie('http://localhost:4000');
  expect(session.read('a=1; prospector_session=value; b=2')).toBe('value');
  for (const header of [
    undefined,
    '',
    'prospector_session',
    'prospector_session=',
    'xprospector_session=1',
    'a="prospector_session=1"',
  ])
    expect([header, session.read(header)]).toEqual([header, undefined]);
  expect(createFlowCookie('HTTPS://p.example').write('n', 900.5)).toBe(
    '__Secure-prospector_flow=n; Max-Age=900; HttpOnly; SameSite=Lax; Path=/oauth/upwork/callback; Secure',
  );
});

it('Prospector keeps the last sockets for its own machine', () => {
  const hosts = createHosts({ port: 4_000, host: '0.0.0.0', publicUrl: 'http://localhost:4000', allowedHosts: [] });
  const judge = (remoteAddress: string, openSockets: number) =>
    judgeUpgrade(
      { url: '/graphql', headers: { host: 'localhost:4000' }, socket: { remoteAddress } } as Parameters<
        typeof judgeUpgrade
      >[0],
      { hosts, limits: { sockets: 10, reservedSockets: 2 }, openSockets },
    )?.status;
  expect([judge('10.0.0.1', 7), judge('10.0.0.1', 8)]).toEqual([undefined, 503]);
  for (const here of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
    expect([judge(here, 9), judge(here, 10)]).toEqual([undefined, 503]);
});

it('Prospector gives a place back once, however often it is told', () => {
  const slots = createSubscriptionSlots(1);
  const first = slots.take('a');
  expect([slots.take('a'), typeof slots.take('b'), slots.taken()]).toEqual([undefined, 'function', 2]);
  first?.();
  first?.();
  const second = slots.take('a');
  first?.();
  expect([typeof second, slots.take('a'), slots.taken()]).toEqual(['function', undefined, 2]);
});
