import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Lease } from '../../database/model.ts';
import { SecretStoreError } from '../../secrets/model.ts';
import { UpworkError } from '../../upwork/model.ts';
import { createAlarm } from '../alarm.ts';
import type { StoredTokens, TokenShelf } from '../records/stored-tokens.ts';
import type { TokenRecord } from '../records/token-record.ts';
import type { StatusBoard } from '../status/status-board.ts';

const firstRetryMs = 1_000;
/** A third of the lease, which is held meanwhile: nobody may spend the old token again. */
const longestRetryMs = 20_000;

/** A new pair of tokens, and what it replaces. */
export interface NewPair {
  readonly record: TokenRecord;
  /** What is stored: the old pair with the mark of the attempt. */
  readonly marked: StoredTokens;
  readonly lease: Lease;
}

/** Makes new pairs durable before anybody uses them (RELIABILITY §2a.5). */
export interface PairSaver {
  /**
   * Stores the pair. Where somebody else has stored another meanwhile, that one is returned.
   * @throws UpworkError `not_connected`, or SecretStoreError: then the pair stays in memory, and saving is tried again until it succeeds
   */
  save(pair: NewPair): Promise<StoredTokens>;
  /** Whether a pair waits to be saved. While it does, the token it came from must not be sent again. */
  isWaiting(): boolean;
  /** Tries once more, then gives up; the lease is released. */
  close(): Promise<void>;
}

/** What the saver needs. `saved` is called with a pair that was stored late. */
export interface PairSaverDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  readonly shelf: TokenShelf;
  readonly board: StatusBoard;
  readonly saved: (tokens: StoredTokens) => void;
}

/** A saver that holds at most one pair. Its owner closes it. */
export function createPairSaver({ clock, log, shelf, board, saved }: PairSaverDeps): PairSaver {
  let waiting: NewPair | undefined;
  let retries = 0;
  const alarm = createAlarm(clock, () => void retry());

  const store = async ({ record, marked }: NewPair): Promise<StoredTokens> => {
    for (let version = marked.version; ; ) {
      try {
        return await shelf.write(record, version);
      } catch (error) {
        if (!(error instanceof SecretStoreError) || error.code !== 'conflict') throw error;
      }
      const there = await shelf.read();
      if (there === undefined)
        throw new UpworkError('not_connected', 'The connection was given up while its tokens were renewed.');
      if (!isSamePair(there.record, marked.record)) return there;
      version = there.version;
    }
  };

  const retry = async () => {
    const pair = waiting;
    if (!pair) return;
    pair.lease.renew();
    try {
      const tokens = await store(pair);
      settleDown(pair);
      saved(tokens);
    } catch (error) {
      if (error instanceof UpworkError) return settleDown(pair);
      alarm.set(Math.min(longestRetryMs, firstRetryMs * 2 ** ++retries));
    }
  };

  const settleDown = ({ lease }: NewPair) => {
    alarm.off();
    waiting = undefined;
    retries = 0;
    lease.release();
  };

  const alert = (error: SecretStoreError) => {
    log.error(
      { action: 'token_unsaved', code: error.code },
      'New tokens could not be stored; they are kept in memory.',
    );
    board.change(() => ({
      row: {
        incident: {
          source: 'store',
          code: 'SECRET_STORE_UNAVAILABLE',
          message: `New tokens could not be stored yet and are kept in memory. Do not stop Prospector before they are. ${error.message}`,
          occurredAt: clock.now().getTime(),
          attempts: 1,
        },
      },
    }));
  };

  return {
    save: async (pair) => {
      try {
        return await store(pair);
      } catch (error) {
        if (error instanceof SecretStoreError) {
          waiting = pair;
          alarm.set(firstRetryMs);
          alert(error);
        }
        throw error;
      }
    },
    isWaiting: () => waiting !== undefined,
    close: async () => {
      alarm.off();
      if (!waiting) return;
      const pair = waiting;
      await store(pair).catch(() => undefined);
      settleDown(pair);
    },
  };
}

function isSamePair(one: TokenRecord, other: TokenRecord): boolean {
  return one.accessToken === other.accessToken && one.refreshToken === other.refreshToken;
}
