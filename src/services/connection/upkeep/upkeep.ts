import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import { createAlarm } from '../alarm.ts';
import { unansweredProbes } from '../status/scopes.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { backOffLeftMs } from '../tokens/refresh-back-off.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Check } from './check.ts';

/** A refresh token lives two weeks since its last use (FACTS §2.4): half of it is never left to chance (F23). */
export const keepAliveMs = 7 * 24 * 60 * 60_000;
const longestSleepMs = 60 * 60_000;
const probeAgainMs = 5 * 60_000;

/** Keeps the connection alive while nobody uses it. */
export interface Upkeep {
  /** Looks now: an interrupted refresh is settled, an old refresh token is used. Never throws. */
  begin(): Promise<void>;
  /** Something has happened that may bring the next deed forward. */
  reconsider(): void;
  close(): Promise<void>;
}

/** What the upkeep needs. */
export interface UpkeepDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  readonly board: StatusBoard;
  readonly tokens: Pick<Tokens, 'renew' | 'isInterrupted'>;
  readonly check: Pick<Check, 'probe'>;
}

/** Wakes at least every hour and judges by the wall clock, so that a sleeping machine does at once what was due. Its owner closes it. */
export function createUpkeep({ clock, log, board, tokens, check }: UpkeepDeps): Upkeep {
  const alarm = createAlarm(clock, () => void wake());
  let work: Promise<void> = Promise.resolve();
  let closed = false;

  const isTended = () => {
    const { row, health } = board.gate();
    return row.status === 'CONNECTED' && row.restrictedAt === null && health.available;
  };
  const isDue = () => {
    const { row, now } = board.facts();
    if (row.refreshBackOff) return backOffLeftMs(row, now) === 0;
    return now.getTime() - (row.tokenRefreshedAt ?? now.getTime()) >= keepAliveMs;
  };

  const reconsider = () => {
    if (closed) return;
    const { row, now } = board.facts();
    if (row.connectedAt === null) return alarm.off();
    const sinceRefresh = now.getTime() - (row.tokenRefreshedAt ?? now.getTime());
    const waits = [longestSleepMs, keepAliveMs - sinceRefresh];
    if (row.refreshBackOff) waits.push(backOffLeftMs(row, now));
    if (unansweredProbes(row.scopes)) waits.push(probeAgainMs);
    alarm.set(Math.max(1_000, Math.min(...waits)));
  };

  const tend = async (isStart: boolean) => {
    if (!isTended()) return;
    if (isDue() || (isStart && (await tokens.isInterrupted()))) await tokens.renew();
    if (!isStart && unansweredProbes(board.gate().row.scopes)) await check.probe();
  };

  const wake = (isStart = false) => {
    work = work
      .then(() => (closed ? undefined : tend(isStart)))
      // What failed stands in the status already.
      .catch((error: unknown) =>
        log.debug({ err: error, action: 'upkeep' }, 'The upkeep of the connection was put off.'),
      )
      .then(reconsider);
    return work;
  };

  return {
    begin: () => wake(true),
    reconsider,
    close: () => {
      closed = true;
      alarm.off();
      return work;
    },
  };
}
