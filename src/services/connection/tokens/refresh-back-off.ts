import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import { UpworkError } from '../../upwork/model.ts';
import type { ConnectionRow, RefreshBackOff } from '../records/connection-row.ts';
import type { RefreshVerdict } from './refresh-verdict.ts';

const shortestMs = 30_000;
const longestMs = 15 * 60_000;
const jitter = 0.25;

/** How long to leave the token endpoint alone after `failures` in a row: 30 s, doubled up to 15 min, spread by a quarter; longer if Upwork says so, up to an hour. */
export function refreshDelayMs(failures: number, fraction: number, retryAfterMs?: number): number {
  const ceiling = Math.min(longestMs / (1 + jitter), shortestMs * 2 ** Math.min(failures - 1, 10));
  const asked = retryAfterMs === undefined || Number.isNaN(retryAfterMs) ? 0 : Math.min(retryAfterMs, 60 * 60_000);
  return Math.max(ceiling * (1 + jitter * fraction), asked);
}

/** The back-off after one more failure. */
export function nextBackOff(
  row: ConnectionRow,
  verdict: RefreshVerdict & { kind: 'wait' },
  clock: Pick<Clock, 'now'>,
  random: Pick<Random, 'fraction'>,
): RefreshBackOff {
  const failures = (row.refreshBackOff?.failures ?? 0) + 1;
  const retryAt = clock.now().getTime() + refreshDelayMs(failures, random.fraction(), verdict.retryAfterMs);
  return { failures, retryAt, code: verdict.code, message: verdict.message };
}

/** What is left of it in ms; 0 when a refresh may be tried. A wall clock that was set back does not prolong it. */
export function backOffLeftMs(row: ConnectionRow, now: Date): number {
  const left = (row.refreshBackOff?.retryAt ?? 0) - now.getTime();
  return left > 60 * 60_000 ? 0 : Math.max(0, left);
}

/** What a caller gets meanwhile, without a request. */
export function backOffError(backOff: RefreshBackOff, leftMs: number): UpworkError {
  return new UpworkError(backOff.code, backOff.message, { retryAfterMs: leftMs });
}
