import { expect, it } from 'vitest';
import { createFlowCookie, createSessionCookie } from '../../../src/server/access/cookies.ts';
import { createHosts } from '../../../src/server/access/hosts.ts';
import { createSubscriptionSlots } from '../../../src/server/subscriptions/subscription-slots.ts';

const hosts = createHosts({
  port: 4_000,
  host: '192.168.1.5',
  publicUrl: 'https://p.example',
  allowedHosts: ['box.lan', '[fe80::1]:81'],
});

it.each([
  ['http://localhost:4000', 'localhost:4000'],
  ['http://127.0.0.1:4000', '127.0.0.1:4000'],
  ['http://[::1]:4000', '[::1]:4000'],
  ['https://p.example', 'p.example'],
  ['https://p.example', '127.0.0.1:4000'],
  ['http://box.lan', 'box.lan'],
  ['https://BOX.lan:8443', 'box.lan:8443'],
  ['http://192.168.1.5:4000', '192.168.1.5:4000'],
  ['http://[fe80::1]:81', '[fe80::1]:81'],
])('11.H a page at %s is one of ours to a request for %s', (origin, host) => {
  expect(hosts.isOurOrigin(origin, host)).toBe(true);
});

it.each([
  ['http://localhost', 'localhost:4000'],
  ['http://localhost:4001', 'localhost:4000'],
  ['http://127.0.0.1:4000', 'localhost:4000'],
  ['https://p.example:444', 'p.example'],
  ['http://p.example', 'p.example'],
  ['https://box.lan:8443', 'box.lan'],
  ['https://box.lan:8443', 'box.lan:4000'],
  ['http://box.lan', 'box.lan:4000'],
  ['null', 'localhost:4000'],
  ['', 'localhost:4000'],
  ['file://', 'localhost:4000'],
  ['http://p.example.evil', 'p.example'],
  ['http://evil/p.example', 'p.example'],
  ['http://u@p.example', 'p.example'],
  ['chrome-extension://p.example', 'p.example'],
  ['http://p.example http://evil', 'p.example'],
  ['http://0.0.0.0:4000', 'localhost:4000'],
  ['http://evil.example', 'evil.example'],
])('11.H a page at %s is none of ours to a request for %s: an origin is scheme, host and port', (origin, host) => {
  expect(hosts.isOurOrigin(origin, host)).toBe(false);
});

it('Prospector answers to loopback without a port where it listens on port 80', () => {
  const answering = createHosts({ port: 80, host: '0.0.0.0', publicUrl: 'http://localhost', allowedHosts: [] });
  expect(answering.isOurs('127.0.0.1')).toBe(true);
});

it('12.12 cookies keep to the path of the public URL, so that what stands beside it at the same host does not receive them', () => {
  const written = (url: string) => [createSessionCookie(url).write('v', 60), createFlowCookie(url).write('n', 60)];
  expect(written('https://host.example/prospector')).toEqual([
    '__Secure-prospector_session_443=v; Max-Age=60; HttpOnly; SameSite=Strict; Path=/prospector; Secure',
    '__Secure-prospector_flow_443=n; Max-Age=60; HttpOnly; SameSite=Lax; Path=/prospector/oauth/upwork/callback; Secure',
  ]);
  expect(written('http://host.example:81/a/b')).toEqual([
    'prospector_session_81=v; Max-Age=60; HttpOnly; SameSite=Strict; Path=/a/b',
    'prospector_flow_81=n; Max-Age=60; HttpOnly; SameSite=Lax; Path=/a/b/oauth/upwork/callback',
  ]);
});

it('19.N two servers of one machine have cookies of two names', () => {
  const names = ['http://localhost:4000', 'http://localhost:4001', 'https://p.example', 'http://p.example'];
  expect(names.map((url) => createSessionCookie(url).name)).toEqual([
    'prospector_session_4000',
    'prospector_session_4001',
    '__Host-prospector_session_443',
    'prospector_session_80',
  ]);
  expect(createFlowCookie('http://localhost:4001').name).toBe('prospector_flow_4001');
});

it('Prospector reads its own cookie among others and no cookie of a similar name', () => {
  const session = createSessionCookie('http://localhost:4000');
  expect(session.read('a=1; prospector_session_4000=value; b=2')).toBe('value');
  for (const header of [
    undefined,
    '',
    'prospector_session_4000',
    'prospector_session_4000=',
    'prospector_session_4001=1',
    'xprospector_session_4000=1',
    'a="prospector_session_4000=1"',
  ])
    expect([header, session.read(header)]).toEqual([header, undefined]);
  expect(createFlowCookie('HTTPS://p.example').write('n', 900.5)).toBe(
    '__Secure-prospector_flow_443=n; Max-Age=900; HttpOnly; SameSite=Lax; Path=/oauth/upwork/callback; Secure',
  );
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
