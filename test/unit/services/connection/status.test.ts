import fc from 'fast-check';
import { expect, it } from 'vitest';
import { authExpiredReasons, connectionStatuses, nextActionKinds } from '../../../../src/services/connection/model.ts';
import { type ConnectionRow, noScopes } from '../../../../src/services/connection/records/connection-row.ts';
import { nextAction } from '../../../../src/services/connection/status/next-action.ts';
import { type StatusFacts, showStatus, statusMessage } from '../../../../src/services/connection/status/status.ts';

const now = new Date('2026-10-01T12:00:00.000Z');
const row: ConnectionRow = {
  status: 'CONNECTED',
  announcedStatus: 'CONNECTED',
  statusChangedAt: 0,
  connectedAt: 1,
  restrictedAt: null,
  failingSince: null,
  account: null,
  ownerAccountId: null,
  tenantId: null,
  scopes: noScopes,
  tokenExpiresAt: null,
  tokenRefreshedAt: null,
  tokenUsedAt: null,
  connectsBalance: null,
  expiredReason: null,
  expiredAt: null,
  incident: null,
  refreshBackOff: null,
  tokenGeneration: 1,
};
const sealed = { available: false, code: 'sealed', message: 'Vault is sealed.', nextAction: 'Unseal it.' } as const;
const facts = (changes: Partial<StatusFacts> = {}, columns: Partial<ConnectionRow> = {}): StatusFacts => ({
  row: { ...row, ...columns },
  health: { available: true },
  hasCredentials: true,
  now,
  ...changes,
});

/** Facts that make each status hold, in the order of the schema. */
const holding: Record<(typeof connectionStatuses)[number], [Partial<StatusFacts>, Partial<ConnectionRow>]> = {
  SECRET_STORE_UNAVAILABLE: [{ health: sealed }, {}],
  RESTRICTED: [{}, { restrictedAt: 1 }],
  CREDENTIALS_INVALID: [{}, { status: 'CREDENTIALS_INVALID' }],
  AUTH_EXPIRED: [{}, { status: 'AUTH_EXPIRED', expiredReason: 'REFRESH_REJECTED' }],
  WRONG_ACCOUNT: [{}, { status: 'WRONG_ACCOUNT', connectedAt: null }],
  CONNECTING: [{ openFlow: { expiresAt: now.getTime() } }, { status: 'DISCONNECTED', connectedAt: null }],
  DISCONNECTED: [{}, { status: 'DISCONNECTED', connectedAt: null }],
  RATE_LIMITED: [{ throttled: { until: new Date(now.getTime() + 1), by: 'UPWORK' } }, {}],
  INSUFFICIENT_SCOPES: [{}, { scopes: { probes: { proposals: 'missing' }, refusedWrites: [] } }],
  ERROR: [{}, { failingSince: 1 }],
  CONNECTED: [{}, {}],
};

it.each(connectionStatuses)('shows %s alone, with a sentence and a next step', (status) => {
  const [changes, columns] = holding[status];
  const all = facts(changes, columns);
  expect(showStatus(all)).toBe(status);
  const message = statusMessage(status, all);
  expect(message, 'one sentence').toMatch(/^[A-Z][^.]*(?:\d\.\d+[^.]*)*\.$/);
  expect(nextActionKinds).toContain(nextAction(status, all, 'http://localhost:4000/').kind);
});

it('shows the first of all that holds', () => {
  fc.assert(
    fc.property(fc.subarray([...connectionStatuses], { minLength: 1 }), (some) => {
      // Standings exclude each other: the row has one.
      const [standing] = some.filter((status) => holding[status][1].status !== undefined);
      const kept = some.filter((status) => holding[status][1].status === undefined || status === standing);
      const merged = kept.map((status) => holding[status]);
      const all = facts(
        Object.assign({}, ...merged.map(([changes]) => changes)),
        Object.assign({}, ...merged.map(([, columns]) => columns)),
      );
      const expected = connectionStatuses.find((status) => kept.includes(status));
      expect(showStatus(all)).toBe(expected === 'DISCONNECTED' && all.openFlow ? 'CONNECTING' : expected);
    }),
  );
});

it('gives the exact command wherever a person can do something', () => {
  const commands = connectionStatuses.map((status) => {
    const [changes, columns] = holding[status];
    return [status, nextAction(status, facts(changes, columns), 'http://localhost:4000/').command];
  });
  expect(Object.fromEntries(commands)).toEqual({
    SECRET_STORE_UNAVAILABLE: 'vault operator unseal',
    RESTRICTED: 'ghoststack prospector resume',
    CREDENTIALS_INVALID: 'ghoststack prospector connect upwork',
    AUTH_EXPIRED: 'ghoststack prospector connect upwork',
    WRONG_ACCOUNT: 'ghoststack prospector connect upwork',
    CONNECTING: 'ghoststack prospector connect upwork',
    DISCONNECTED: 'ghoststack prospector connect upwork',
    RATE_LIMITED: undefined,
    INSUFFICIENT_SCOPES: 'ghoststack prospector connect upwork',
    ERROR: 'ghoststack prospector status',
    CONNECTED: undefined,
  });
});

it.each(authExpiredReasons)('says in one sentence why an authorization has died: %s', (expiredReason) => {
  const message = statusMessage('AUTH_EXPIRED', facts({}, { status: 'AUTH_EXPIRED', expiredReason }));
  expect(message).toMatch(/^[A-Z][^.]+\.$/);
});

it.each([
  ['UPWORK', 'Upwork asked for a pause: calls go on at 2026-10-01T12:30:00.000Z.', 'asks less of Upwork'],
  [
    'BUDGET',
    'The requests that the preferences allow for today are spent: calls go on at 2026-10-01T12:30:00.000Z.',
    '`requests_per_day` allows more',
  ],
] as const)(
  '10.16 a pause says whether %s wants it, and that a longer interval and fewer results help',
  (by, message, advice) => {
    const paused = facts({ throttled: { until: new Date(now.getTime() + 1_800_000), by } });
    expect(statusMessage(showStatus(paused), paused)).toBe(message);
    const action = nextAction(showStatus(paused), paused, 'http://localhost:4000/');
    expect(action).toMatchObject({ kind: 'WAIT', notBefore: '2026-10-01T12:30:00.000Z' });
    for (const part of ['`scan_interval`', '`max_results_per_scan`', advice]) expect(action.message).toContain(part);
  },
);
