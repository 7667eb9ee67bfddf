import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import { failureOf } from '../failure.ts';
import { createHealthBoard, healthOf } from '../health-board.ts';
import { SecretStoreError, type SecretStoreErrorCode, type SecretStoreHealth } from '../model.ts';

/** Knows whether Vault can be used. Whoever made the watch ends it. */
export interface VaultWatch {
  /** @throws SecretStoreError what is wrong, without asking Vault again */
  demand(): void;
  /** Tells what a request met. What is wrong with Vault as a whole closes the store until a probe has found it well. */
  report(failure: SecretStoreError): void;
  /** Probes now. Never rejects. */
  start(): Promise<void>;
  check(): Promise<SecretStoreHealth>;
  listen(listener: (health: SecretStoreHealth) => void): () => void;
  end(): void;
}

/** What a watch needs: a glance that costs Vault little, and a probe of everything a request needs. Both throw what is wrong. */
export interface VaultWatchOptions {
  readonly glance: () => Promise<void>;
  readonly probe: () => Promise<void>;
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
  readonly log: Log;
}

/** What is wrong with one secret or one path; all else is wrong with Vault. */
const particular: readonly SecretStoreErrorCode[] = ['conflict', 'deleted', 'permission_denied', 'write_failed'];

const firstDelayMs = 1_000;
/** Below 5 s, so that Vault is in use again within 5 s of its recovery (F27). */
const longestDelayMs = 4_500;
const longestQuotaMs = 60_000;
/** How often a store that is well is looked at, so that a seal is noticed where nobody reads. */
const quietMs = 15_000;
/** How long it has to be well for its earlier failures to be forgotten. */
const steadyMs = 60_000;

/** Starts with "not asked yet". Probes at most once a second, backing off, while Vault cannot be used. */
export function createVaultWatch({ glance, probe, clock, log }: VaultWatchOptions): VaultWatch {
  let failure: SecretStoreError | undefined = new SecretStoreError(
    'unreachable',
    'Vault was not asked yet. Wait a moment.',
  );
  const board = createHealthBoard(healthOf(failure));
  let looking: Promise<void> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let wellSince = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let isEnded = false;
  let cancel = () => {};

  function look(): Promise<void> {
    looking ??= lookNow().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function lookNow(): Promise<void> {
    lookedAt = clock.monotonic();
    cancel();
    const isGlance = failure === undefined;
    try {
      await (isGlance ? glance() : probe());
      // What a request met while we glanced, a glance cannot refute.
      if (!isGlance || failure === undefined) well();
    } catch (error) {
      unwell(failureOf(error));
    }
  }

  function well(): void {
    if (failure !== undefined) wellSince = clock.monotonic();
    failure = undefined;
    if (isEnded) return;
    if (board.note({ available: true })) log.info({ store: 'vault' }, 'Vault can be used.');
    lookAgain(quietMs);
  }

  function unwell(seen: SecretStoreError): void {
    // A failure that comes back soon after every probe that went well must not be announced every second.
    if (failure === undefined && clock.monotonic() - wellSince >= steadyMs) failures = 0;
    failure = seen;
    if (isEnded) return;
    if (board.note(healthOf(seen))) log.warn({ store: 'vault', code: seen.code }, seen.message);
    const delayMs = Math.min(firstDelayMs * 1.5 ** failures, longestDelayMs);
    failures += 1;
    lookAgain(Math.max(delayMs, Math.min(seen.retryAfterMs ?? 0, longestQuotaMs)));
  }

  /** Counted from the start of the last look, which may have taken long. */
  function lookAgain(delayMs: number): void {
    cancel();
    const sinceLook = clock.monotonic() - lookedAt;
    cancel = clock.after(Math.max(delayMs - sinceLook, 0), () => void look());
  }

  return {
    demand: () => {
      if (isEnded) throw new SecretStoreError('unreachable', 'The secret store is closed. Prospector is stopping.');
      if (failure !== undefined) throw failure;
    },
    report: (seen) => {
      if (failure !== undefined || isEnded || particular.includes(seen.code)) return;
      lookedAt = clock.monotonic();
      unwell(seen);
    },
    start: look,
    check: async () => {
      if (failure === undefined && !isEnded && clock.monotonic() - lookedAt >= firstDelayMs) await look();
      return board.current();
    },
    listen: (listener) => board.listen(listener),
    end: () => {
      isEnded = true;
      cancel();
    },
  };
}
