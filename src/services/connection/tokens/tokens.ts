import type { Clock } from '../../../clock.ts';
import type { Lease, Leases } from '../../database/model.ts';
import { SecretStoreError } from '../../secrets/model.ts';
import { type AccessToken, type TokenSource, UpworkError } from '../../upwork/model.ts';
import type { ConnectionRow } from '../records/connection-row.ts';
import type { StoredTokens } from '../records/stored-tokens.ts';
import { lifeLeftMs } from '../records/token-record.ts';
import { endAuthorization } from './authorization-end.ts';
import { createForcedRefreshes } from './forced-refreshes.ts';
import { asUpworkError, passGate } from './gate.ts';
import { createPairSaver } from './pair-saver.ts';
import { type RefreshDeps, refreshTokens } from './refresh.ts';
import { backOffError, backOffLeftMs } from './refresh-back-off.ts';

/** A token with less left is refreshed first, so that none dies on its way; of a short life a quarter. */
const marginMs = 5 * 60_000;
/** While refreshing is not possible, a token with this much left is still good for a call. */
const lastCallMs = 30_000;
/** Three times what the token endpoint may take (§2a.1). */
const leaseMs = 60_000;
const leaseName = 'refresh:upwork';

/** Tokens for the API, and what the rest of the connection does with them. */
export interface Tokens extends TokenSource {
  /** Refreshes although the token is good: an attempt was interrupted, or the refresh token must not lapse unused. @throws as `token` */
  renew(): Promise<void>;
  /** Whether the stored tokens bear the mark of an attempt whose outcome is unknown. @throws UpworkError */
  isInterrupted(): Promise<boolean>;
  /** The API has answered well. */
  worked(): void;
  close(): Promise<void>;
}

interface Held extends StoredTokens {
  /** End of the access token's life, in monotonic ms: no step of the wall clock changes it (F21). */
  readonly deadline: number;
}

/** What will not do: a token that was rejected, or one that is to be replaced in any case. */
interface Unfit {
  readonly accessToken: string;
  /** Rejected although it had not expired. */
  readonly isRevoked: boolean;
}

/** What the tokens need. `refreshed` is called after each attempt to refresh. */
export interface TokensDeps extends Omit<RefreshDeps, 'saver'> {
  readonly clock: Clock;
  readonly leases: Leases;
  readonly refreshed: () => void;
}

/** The tokens of this connection: one refresh at a time in this process, by a lease among all processes. Its owner closes it. */
export function createTokens(deps: TokensDeps): Tokens {
  const { clock, leases, board, shelf } = deps;
  const forced = createForcedRefreshes(clock);
  const saver = createPairSaver({ ...deps, saved: (tokens) => void obtained(tokens, undefined) });
  let held: Held | undefined;
  let flight: Promise<Held> | undefined;
  let reading: Promise<StoredTokens> | undefined;
  const closing = new AbortController();

  const lifeOf = ({ record }: StoredTokens) =>
    held?.record.accessToken === record.accessToken
      ? held.deadline - clock.monotonic()
      : lifeLeftMs(record, clock.now().getTime());
  const fits = (stored: StoredTokens, unfit?: Unfit) =>
    stored.record.accessToken !== unfit?.accessToken && lifeOf(stored) >= Math.min(marginMs, stored.record.lifeMs / 4);

  const hold = (stored: StoredTokens, deadline = clock.monotonic() + lifeOf(stored)): Held => {
    if (held?.record.flowId !== stored.record.flowId) forced.forget();
    held = { ...stored, deadline };
    return held;
  };

  /** Tokens that are new here: the row follows the store. */
  const obtained = (stored: StoredTokens, deadline: number | undefined): Held => {
    const { record } = stored;
    const now = hold(stored, deadline);
    board.change((row) => {
      if (row.connectedAt === null || record.generation < row.tokenGeneration) return {};
      const isOver = row.incident !== null && row.incident.source !== 'api';
      return {
        row: {
          tokenGeneration: record.generation,
          tokenRefreshedAt: record.obtainedAt,
          tokenExpiresAt: record.obtainedAt + record.lifeMs,
          refreshBackOff: null,
          ...(isOver && { incident: null, failingSince: null }),
        },
      };
    });
    return now;
  };

  /** Tokens as they are stored; absent or older ones only after a second look, since they end the connection. */
  const load = async (row: ConnectionRow): Promise<StoredTokens> => {
    let stored = await shelf.read();
    if (!stored || stored.record.generation < row.tokenGeneration) stored = await shelf.read();
    if (!stored) throw endAuthorization(board, clock, 'SECRET_LOST', row.tokenGeneration);
    if (stored.record.generation >= row.tokenGeneration) return stored;
    throw endAuthorization(board, clock, 'RESTORED_FROM_BACKUP', row.tokenGeneration);
  };

  /** Takes the lease, or the tokens that its holder has obtained meanwhile. */
  const waitForLease = async (unfit?: Unfit): Promise<Lease | StoredTokens> => {
    const giveUpAt = clock.monotonic() + leaseMs + 5_000;
    for (;;) {
      const lease = leases.take(leaseName, leaseMs);
      if (lease) return lease;
      if (clock.monotonic() >= giveUpAt)
        throw new UpworkError(
          'unavailable',
          'Another process has been renewing the tokens for over a minute. Try again.',
        );
      await clock.sleep(500, closing.signal);
      const stored = await load(passGate(board.gate()));
      if (fits(stored, unfit)) return stored;
    }
  };

  const refreshUnder = async (lease: Lease, unfit?: Unfit): Promise<Held> => {
    for (let attempt = 1; ; attempt++) {
      const row = passGate(board.gate());
      const stored = await load(row);
      if (fits(stored, unfit)) return hold(stored);
      refuseDuringBackOff(row);
      if (!lease.renew()) throw new UpworkError('unavailable', 'Another process is renewing the tokens. Try again.');
      try {
        const { deadline, ...tokens } = await refreshTokens(
          { ...deps, saver },
          stored,
          lease,
          unfit?.isRevoked ?? false,
        );
        return obtained(tokens, deadline);
      } catch (error) {
        const isOutrun = error instanceof SecretStoreError && error.code === 'conflict';
        if (!isOutrun || attempt === 3) throw error;
      }
    }
  };

  const refuseDuringBackOff = (row: ConnectionRow) => {
    const leftMs = backOffLeftMs(row, clock.now());
    if (row.refreshBackOff && leftMs > 0) throw backOffError(row.refreshBackOff, leftMs);
  };

  const goGet = async (unfit?: Unfit): Promise<Held> => {
    const row = passGate(board.gate());
    const stored = await load(row);
    if (fits(stored, unfit)) return hold(stored);
    try {
      if (saver.isWaiting())
        throw new UpworkError(
          'secret_store',
          'New tokens are at hand and could not be stored yet. Repair the secret store.',
        );
      refuseDuringBackOff(row);
      const lease = await waitForLease(unfit);
      if (!('epoch' in lease)) return hold(lease);
      try {
        return await refreshUnder(lease, unfit);
      } finally {
        // A pair that waits to be stored keeps the lease: nobody else may spend the old token.
        if (!saver.isWaiting()) lease.release();
        deps.refreshed();
      }
    } catch (error) {
      const failure = asUpworkError(error);
      const isDead = failure instanceof UpworkError && dead.includes(failure.code);
      if (isDead || unfit || lifeOf(stored) < lastCallMs) throw failure;
      return hold(stored);
    }
  };

  const share = (unfit?: Unfit) => {
    flight ??= goGet(unfit)
      .catch((error: unknown) => {
        throw asUpworkError(error);
      })
      .finally(() => {
        flight = undefined;
      });
    return flight;
  };

  /** Stored, and good: nobody has to wait for a refresh that is under way for another reason. */
  const look = async (row: ConnectionRow): Promise<Held | undefined> => {
    reading ??= load(row).finally(() => {
      reading = undefined;
    });
    const stored = await reading.catch((error: unknown) => {
      throw asUpworkError(error);
    });
    return fits(stored) ? hold(stored) : undefined;
  };

  /** Held, of the connection the row speaks of, and none of `unfit`. */
  const atHand = (row: ConnectionRow, unfit?: Unfit) =>
    held && held.record.generation >= row.tokenGeneration && fits(held, unfit) ? held : undefined;

  const toAccess = ({ record, deadline }: Held): AccessToken => {
    const { tenantId } = board.gate().row;
    const expiresAt = new Date(clock.now().getTime() + deadline - clock.monotonic());
    return { value: record.accessToken, expiresAt, ...(tenantId !== null && { tenantId }) };
  };

  return {
    token: async () => {
      const row = passGate(board.gate());
      return toAccess(atHand(row) ?? (await look(row)) ?? (await share()));
    },
    replace: async (rejected) => {
      const isRevoked =
        held?.record.accessToken === rejected.value ? lifeOf(held) > 0 : rejected.expiresAt > clock.now();
      const unfit = { accessToken: rejected.value, isRevoked };
      const there = atHand(passGate(board.gate()), unfit);
      if (there) return toAccess(there);
      forced.refuseOrCount(rejected.value);
      const joined = await share(unfit);
      // It may have been under way before the token was rejected.
      const tokens = joined.record.accessToken === rejected.value ? await share(unfit) : joined;
      return toAccess(tokens);
    },
    renew: async () => {
      const stored = await load(passGate(board.gate())).catch((error: unknown) => {
        throw asUpworkError(error);
      });
      await share({ accessToken: stored.record.accessToken, isRevoked: false });
    },
    isInterrupted: async () => (await load(passGate(board.gate()))).record.pending !== undefined,
    worked: () => {
      forced.helped();
      const tokens = held;
      if (tokens?.record.previousRefreshToken === undefined) return;
      const { previousRefreshToken: _proven, ...record } = tokens.record;
      held = { ...tokens, record };
      shelf.write(record, tokens.version).then(
        (stored) => {
          if (held?.record === record) held = { ...held, version: stored.version };
        },
        () => undefined,
      );
    },
    close: async () => {
      closing.abort(new UpworkError('cancelled', 'Prospector is stopping.'));
      await flight?.catch(() => undefined);
      await saver.close();
    },
  };
}

const dead: readonly string[] = ['auth_expired', 'credentials_invalid', 'not_connected', 'restricted'];
