import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  firstRecord,
  lifeLeftMs,
  renewedRecord,
  withPending,
} from '../../../../src/services/connection/records/token-record.ts';

const day = 86_400_000;
const first = firstRecord({
  flowId: 'flow_1',
  generation: 7,
  credentials: { clientId: 'id', clientSecret: 'secret' },
  grant: { accessToken: 'a1', refreshToken: 'r1', expiresInMs: day, serverDate: new Date(5_000) },
  obtainedAt: 10_000,
});

it('counts refresh tokens, and keeps the one before', () => {
  const marked = withPending(first, { attemptId: 'x', fingerprint: 'f', startedAt: 1, epoch: 2 });
  expect(renewedRecord(marked, { accessToken: 'a2', refreshToken: 'r2', expiresInMs: 60_000 }, 20_000)).toEqual({
    flowId: 'flow_1',
    generation: 8,
    credentials: { clientId: 'id', clientSecret: 'secret' },
    accessToken: 'a2',
    refreshToken: 'r2',
    previousRefreshToken: 'r1',
    obtainedAt: 20_000,
    lifeMs: 60_000,
  });
});

it.each([undefined, 'r1'])('goes on with the old refresh token where Upwork gives %j (F19)', (refreshToken) => {
  const grant = { accessToken: 'a2', expiresInMs: day, ...(refreshToken && { refreshToken }) };
  const { serverDate: _gone, ...rest } = first;
  expect(renewedRecord(first, grant, 20_000)).toEqual({ ...rest, accessToken: 'a2', obtainedAt: 20_000 });
});

it('never gives a token more life than it had, whatever the wall clock says (F21)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100 * day, max: 100 * day }),
      fc.option(fc.integer({ min: -day, max: day })),
      (now, server) => {
        const { serverDate: _other, ...rest } = first;
        const left = lifeLeftMs(server === null ? rest : { ...rest, serverDate: server }, now);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(day);
      },
    ),
  );
  expect(lifeLeftMs(first, 10_000 + day - 1)).toBe(1);
  expect(lifeLeftMs(first, 9_000), 'our clock went back: Upwork’s date counts').toBe(day - 4_000);
  const { serverDate: _unknown, ...undated } = first;
  expect(lifeLeftMs(undated, 9_000), 'nobody knows: refreshed').toBe(0);
});
