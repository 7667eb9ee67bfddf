import { expect, it } from 'vitest';
import { systemRandom } from '../../../../src/random.ts';
import { createAccess } from '../../../../src/services/access/access.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';

const secret = 'prs_owner-token-of-this-test';

function setUp() {
  const clock = createTestClock();
  const db = createTestDatabase(clock);
  return {
    clock,
    db,
    access: createAccess({ db, clock, random: systemRandom, ownerToken: secret }),
    [Symbol.dispose]: () => db[Symbol.dispose](),
  };
}

it('knows the owner by the token and nobody by another', () => {
  using app = setUp();
  expect(app.access.byToken(secret)).toMatchObject({
    actor: { kind: 'API_TOKEN', name: 'owner' },
    scopes: ['ADMIN'],
    browser: false,
  });
  expect(app.access.byToken(`${secret}x`)).toBeUndefined();
  expect(app.access.byToken('')).toBeUndefined();
});

it('keeps no secret in the database', () => {
  using app = setUp();
  const made = app.access.createToken({ name: 'ci', scopes: ['READ'] });
  const owner = app.access.byToken(secret);
  const link = owner && app.access.createLoginLink(owner);
  const session = app.access.openSession(secret);
  const dump = ['api_tokens', 'sessions', 'login_links']
    .map((table) => JSON.stringify(app.db.sql.prepare(`SELECT * FROM ${table}`).all()))
    .join();
  for (const kept of [secret, made.secret, link?.code ?? '', session?.cookie ?? '']) expect(dump).not.toContain(kept);
});

it('opens a session by a link once, and until it is an hour old', () => {
  using app = setUp();
  const owner = app.access.byToken(secret);
  if (!owner) throw new Error('no owner');
  const { code } = app.access.createLoginLink(owner);
  const session = app.access.openSession(code);
  expect(app.access.bySession(session?.cookie ?? '')).toMatchObject({ actor: { kind: 'DASHBOARD' }, browser: true });
  expect(app.access.openSession(code)).toBeUndefined();
  const late = app.access.createLoginLink(owner);
  app.clock.jump(60 * 60 * 1_000);
  expect(app.access.openSession(late.code)).toBeUndefined();
  app.access.closeSession(session?.cookie ?? '');
  expect(app.access.bySession(session?.cookie ?? '')).toBeUndefined();
});

it('ends a revoked or expired token and its sessions at once', () => {
  using app = setUp();
  const { apiToken, secret: made } = app.access.createToken({ name: 'ci', scopes: ['READ'], expiresInMs: 60_000 });
  const viewer = app.access.byToken(made);
  const session = app.access.openSession(made);
  expect(viewer?.scopes).toEqual(['READ']);
  expect(app.access.revokeToken(apiToken.id)?.revokedAt).toEqual(app.clock.now());
  expect(viewer && app.access.isStillValid(viewer)).toBe(false);
  expect(app.access.byToken(made)).toBeUndefined();
  expect(app.access.bySession(session?.cookie ?? '')).toBeUndefined();
  expect(app.access.tokens(false).map(({ name }) => name)).toEqual(['owner']);
  const short = app.access.createToken({ name: 'short', scopes: ['READ'], expiresInMs: 60_000 });
  app.clock.jump(60_000);
  expect(app.access.byToken(short.secret)).toBeUndefined();
});

it('forgets the old owner token when the owner is given another', () => {
  using app = setUp();
  const again = createAccess({
    db: app.db,
    clock: app.clock,
    random: systemRandom,
    ownerToken: 'another-owner-token-altogether',
  });
  expect(again.byToken(secret)).toBeUndefined();
  expect(again.byToken('another-owner-token-altogether')?.actor.name).toBe('owner');
});
