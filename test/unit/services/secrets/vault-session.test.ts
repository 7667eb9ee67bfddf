import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SecretStoreError } from '../../../../src/services/secrets/model.ts';
import type { VaultCall, VaultClient } from '../../../../src/services/secrets/vault/client.ts';
import type { VaultCredentials } from '../../../../src/services/secrets/vault/login/credentials.ts';
import { isCapped, renewalDelayMs, retryDelayMs } from '../../../../src/services/secrets/vault/login/lease.ts';
import { createLoginGate } from '../../../../src/services/secrets/vault/login/login-gate.ts';
import { createVaultSession } from '../../../../src/services/secrets/vault/login/session.ts';
import { vaultProblems } from '../../../../src/services/secrets/vault/problems.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestLog } from '../../../support/vault-store.ts';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** How long tokens live, and when Vault is away, as parts of the time that is watched. */
interface World {
  readonly leaseS: number;
  /** Times the lease a token may be extended to; 0: for ever. */
  readonly extensions: number;
  readonly outages: readonly { readonly at: number; readonly length: number }[];
}

/** A Vault that knows of tokens alone, in memory, and a session on it. */
function setUp({ leaseS, extensions, outages }: World, watchedMs: number) {
  const clock = createTestClock();
  const tokens = new Map<string, { readonly bornAt: number; endsAt: number }>();
  const renewals: { at: number; isAway: boolean; sinceLease: number }[] = [];
  const logins: number[] = [];
  const leaseMs = leaseS * second;
  const isAway = () =>
    outages.some(({ at, length }) => {
      const start = at * watchedMs;
      return clock.monotonic() >= start && clock.monotonic() < start + length * watchedMs;
    });
  const isAlive = (token: string) => (tokens.get(token)?.endsAt ?? 0) > clock.monotonic();
  let renewedAt = 0;
  const client: VaultClient = {
    host: 'vault.example.com',
    ask: async ({ path, token = '' }: VaultCall) => {
      expect(path).toBe('auth/token/renew-self');
      const now = clock.monotonic();
      renewals.push({ at: now, isAway: isAway(), sinceLease: now - renewedAt });
      if (isAway()) throw vaultProblems.unreachable('vault.example.com', 'away');
      const found = tokens.get(token);
      if (!found || !isAlive(token)) return { status: 403, body: { errors: ['permission denied', 'invalid token'] } };
      const most = extensions === 0 ? Number.POSITIVE_INFINITY : found.bornAt + leaseMs * extensions;
      found.endsAt = Math.min(now + leaseMs, most);
      renewedAt = now;
      const lease_duration = Math.floor((found.endsAt - now) / second);
      return { status: 200, body: { auth: { client_token: token, lease_duration, renewable: true } } };
    },
  };
  const credentials: VaultCredentials = {
    makesTokens: true,
    hasChanged: () => false,
    grant: async () => {
      if (isAway()) throw vaultProblems.unreachable('vault.example.com', 'away');
      const now = clock.monotonic();
      logins.push(now);
      const token = `token-${logins.length}`;
      tokens.set(token, { bornAt: now, endsAt: now + leaseMs });
      renewedAt = now;
      return { token, leaseMs, renewable: true };
    },
  };
  const { log } = createTestLog();
  const session = createVaultSession({ client, credentials, clock, log, onTrouble: () => {} });
  return { clock, session, renewals, logins, isAway, isAlive };
}

/** 1 s to 100 d, each order of magnitude as often. */
const leases = fc
  .double({ min: 0, max: Math.log10(100 * 86_400), noNaN: true })
  .map((power) => Math.round(10 ** power));

describe('Prospector, with leases from 1 s to 100 d,', () => {
  it('renews each about two thirds in, and never loses a token that can be extended', async () => {
    await fc.assert(
      fc.asyncProperty(leases, async (leaseS) => {
        const watchedMs = leaseS * second * 10;
        const { clock, session, renewals, logins, isAlive } = setUp({ leaseS, extensions: 0, outages: [] }, watchedMs);
        const first = await session.token();
        for (let step = 0; step < 40; step += 1) {
          await clock.advance(watchedMs / 40);
          expect(await session.token()).toBe(first);
          expect(isAlive(first)).toBe(true);
        }
        expect(logins).toHaveLength(1);
        expect(renewals.length).toBeGreaterThanOrEqual(14);
        for (const { sinceLease } of renewals) {
          expect(sinceLease).toBeGreaterThanOrEqual((leaseS * second * 3) / 5);
          expect(sinceLease).toBeLessThanOrEqual((leaseS * second * 3) / 4);
        }
        await session.end().catch(() => {});
        expect(clock.pending()).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('has a living token whenever Vault is there, through limits and outages, without a storm', async () => {
    const outage = fc.record({
      at: fc.double({ min: 0.05, max: 1, noNaN: true }),
      length: fc.double({ min: 0, max: 0.4, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          leaseS: leases,
          extensions: fc.integer({ min: 0, max: 4 }),
          outages: fc.array(outage, { maxLength: 3 }),
        }),
        async (world) => {
          const watchedMs = Math.max(world.leaseS * second * 6, 5 * minute);
          const { clock, session, renewals, logins, isAway, isAlive } = setUp(world, watchedMs);
          await session.token();
          for (let step = 0; step < 60; step += 1) {
            await clock.advance(watchedMs / 60);
            const token = await session.token().catch((error: SecretStoreError) => error);
            const lastLogin = clock.monotonic() - (logins.at(-1) ?? 0);
            if (typeof token === 'string') expect(isAlive(token)).toBe(true);
            else if (token.code === 'auth_failed') expect(lastLogin).toBeLessThanOrEqual(minute);
            else expect(isAway()).toBe(true);
          }
          const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));
          for (const gap of gaps(logins).slice(1)) expect(gap).toBeGreaterThanOrEqual(minute);
          for (const gap of gaps(renewals.map(({ at }) => at))) expect(gap).toBeGreaterThanOrEqual(500);
          for (const gap of gaps(renewals.filter((one) => one.isAway).map(({ at }) => at)))
            expect(gap).toBeGreaterThanOrEqual(second);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('computes delays that fit into every lease, and that no timer cuts short', () => {
    fc.assert(
      fc.property(fc.integer({ min: second, max: 100 * day }), (leaseMs) => {
        const delay = renewalDelayMs(leaseMs);
        expect(delay).toBeGreaterThan(leaseMs / 2);
        expect(delay).toBeLessThan(leaseMs);
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(retryDelayMs(leaseMs - delay)).toBeGreaterThanOrEqual(second);
        expect(retryDelayMs(leaseMs - delay)).toBeLessThanOrEqual(30 * second);
        expect(isCapped(leaseMs, leaseMs)).toBe(false);
        expect(isCapped(Math.floor(leaseMs / 2), leaseMs)).toBe(true);
      }),
    );
    expect(Number.isSafeInteger(renewalDelayMs(Number.MAX_SAFE_INTEGER))).toBe(true);
  });
});

describe('Prospector, logging in to Vault,', () => {
  it('waits a minute after a log-in, save for the very first, and up to five after refusals', async () => {
    const clock = createTestClock();
    const gate = createLoginGate(clock);
    expect(gate.waitMs()).toBe(0);
    gate.opened();
    expect(gate.waitMs()).toBe(0);
    gate.opened();
    expect(gate.waitMs()).toBe(minute);
    await clock.advance(59_999);
    expect(gate.waitMs()).toBe(1);
    await clock.advance(1);
    const waits = [1, 2, 3, 4, 5].map(() => {
      gate.refused();
      return gate.waitMs() / minute;
    });
    expect(waits).toEqual([1, 2, 4, 5, 5]);
    await clock.advance(5 * minute);
    gate.opened();
    gate.refused();
    expect(gate.waitMs()).toBe(minute);
  });

  it('logs in once for any number of callers', async () => {
    const { session, logins } = setUp({ leaseS: 60, extensions: 0, outages: [] }, minute);
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => session.token()));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    session.dead('token-1');
    session.dead('token-0');
    expect(new Set(await Promise.all(Array.from({ length: 1_000 }, () => session.token())))).toEqual(
      new Set(['token-2']),
    );
    expect(logins).toHaveLength(2);
  });
});
