import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Random } from '../../../random.ts';
import type { Lease } from '../../database/model.ts';
import { type TokenGrant, UpworkError, type UpworkOAuth } from '../../upwork/model.ts';
import type { AuthExpiredReason } from '../model.ts';
import type { StoredTokens, TokenShelf } from '../records/stored-tokens.ts';
import { fingerprintOf, renewedRecord, withPending } from '../records/token-record.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { endAuthorization, refuseCredentials } from './authorization-end.ts';
import type { PairSaver } from './pair-saver.ts';
import { nextBackOff } from './refresh-back-off.ts';
import { judgeRefresh, type RefreshVerdict } from './refresh-verdict.ts';

/** Tokens as they are stored now; `deadline` (monotonic ms) when they were obtained here. */
export interface RefreshedTokens extends StoredTokens {
  readonly deadline?: number;
}

/** What a refresh needs. */
export interface RefreshDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly random: Random;
  readonly log: Log;
  readonly oauth: Pick<UpworkOAuth, 'refresh'>;
  readonly shelf: TokenShelf;
  readonly saver: PairSaver;
  readonly board: StatusBoard;
}

/**
 * Spends the refresh token of `stored` once (RELIABILITY §2a.3–7); the caller holds the lease. First the attempt is written down, and where that fails
 * nothing is sent; then one POST; the new pair is durable before it is returned.
 *
 * @param isRevoked the API has just answered 401 to an access token that had not expired
 * @throws UpworkError, or SecretStoreError (`conflict`: somebody else has written, read again)
 */
export async function refreshTokens(
  deps: RefreshDeps,
  stored: StoredTokens,
  lease: Lease,
  isRevoked: boolean,
): Promise<RefreshedTokens> {
  const { clock, random, oauth, shelf, saver } = deps;
  const { record } = stored;
  const marked = await shelf.write(
    withPending(record, {
      attemptId: random.bytes(8).toString('hex'),
      fingerprint: fingerprintOf(record.refreshToken),
      startedAt: clock.now().getTime(),
      epoch: lease.epoch,
    }),
    stored.version,
  );
  const started = clock.monotonic();
  const startedAt = clock.now().getTime();
  // The one before is tried only when Upwork refuses its successor, which nobody has seen work yet.
  for (const refreshToken of [record.refreshToken, record.previousRefreshToken]) {
    if (refreshToken === undefined) break;
    let grant: TokenGrant;
    try {
      grant = await oauth.refresh(record.credentials, refreshToken);
    } catch (error) {
      const verdict = judgeRefresh(error);
      if (verdict.kind !== 'rejected') throw await giveUp(deps, stored, marked, verdict, error);
      const there = await shelf.read();
      if (there && there.record.refreshToken !== record.refreshToken) return there;
      continue;
    }
    warnOfSkew(deps, grant);
    const renewed = renewedRecord({ ...record, refreshToken }, grant, startedAt);
    const pair = { ...renewed, generation: Math.max(renewed.generation, record.generation) };
    const saved = await saver.save({ record: pair, marked, lease });
    return saved.record === pair ? { ...saved, deadline: started + grant.expiresInMs } : saved;
  }
  await unmark(deps, marked, undefined);
  throw endAuthorization(deps.board, clock, reasonOf(stored, isRevoked), record.generation);
}

function reasonOf({ record }: StoredTokens, isRevoked: boolean): AuthExpiredReason {
  if (record.pending) return 'OUTCOME_UNKNOWN';
  return isRevoked ? 'ACCESS_REVOKED' : 'REFRESH_REJECTED';
}

/** The tokens are kept; how long to wait, and why, is written where all processes see it. */
async function giveUp(
  deps: RefreshDeps,
  stored: StoredTokens,
  marked: StoredTokens,
  verdict: Exclude<RefreshVerdict, { kind: 'rejected' }>,
  error: unknown,
): Promise<UpworkError> {
  const { clock, random, log, board } = deps;
  if (verdict.kind === 'credentials' || !verdict.spent) await unmark(deps, marked, stored);
  if (verdict.kind === 'credentials') return refuseCredentials(board, stored.record.generation);
  const now = clock.now().getTime();
  let failures = 1;
  board.change((row) => {
    const backOff = nextBackOff(row, verdict, clock, random);
    failures = backOff.failures;
    return {
      row: {
        refreshBackOff: backOff,
        incident: {
          source: 'refresh',
          code: verdict.code === 'rate_limited' ? 'RATE_LIMITED' : 'UPSTREAM_ERROR',
          message: verdict.message,
          occurredAt: now,
          attempts: failures,
          nextRetryAt: backOff.retryAt,
        },
        ...(verdict.code === 'unexpected_response' && failures >= 3 && { failingSince: row.failingSince ?? now }),
      },
    };
  });
  if (failures === 1) log.warn({ err: error, code: verdict.code, action: 'refresh' }, verdict.message);
  return new UpworkError(verdict.code, verdict.message, { cause: error });
}

/** Takes back the mark of an attempt that spent nothing; that of an earlier one stays. Where it cannot be written the mark only means less certainty. */
async function unmark({ shelf }: RefreshDeps, marked: StoredTokens, before: StoredTokens | undefined): Promise<void> {
  await shelf.write(withPending(marked.record, before?.record.pending), marked.version).catch(() => undefined);
}

function warnOfSkew({ clock, log }: RefreshDeps, { serverDate }: TokenGrant): void {
  const skewMs = serverDate === undefined ? 0 : serverDate.getTime() - clock.now().getTime();
  if (Math.abs(skewMs) > 60_000)
    log.warn(
      { delayMs: skewMs },
      'The clock of this machine differs from Upwork’s by more than a minute. Set it right.',
    );
}
