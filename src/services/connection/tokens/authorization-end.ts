import type { Clock } from '../../../clock.ts';
import { UpworkError } from '../../upwork/model.ts';
import type { AuthExpiredReason } from '../model.ts';
import { expiredMessages } from '../status/status.ts';
import { platformId, type StatusBoard } from '../status/status-board.ts';
import { authExpired, passGate } from './gate.ts';

/**
 * Declares the authorization dead: once an episode, with its one event, in one transaction (F17, F26). Does nothing when the connection was given
 * up, declared dead, or replaced by newer tokens than those of `generation` meanwhile.
 *
 * @returns what the caller throws
 */
export function endAuthorization(
  board: StatusBoard,
  clock: Pick<Clock, 'now'>,
  reason: AuthExpiredReason,
  generation: number,
): UpworkError {
  board.change((row) => {
    if (row.connectedAt === null || row.status === 'AUTH_EXPIRED' || row.tokenGeneration > generation) return {};
    return {
      row: {
        status: 'AUTH_EXPIRED',
        expiredReason: reason,
        expiredAt: clock.now().getTime(),
        refreshBackOff: null,
        incident: null,
        failingSince: null,
      },
      events: [
        (status) => ({
          type: 'AUTH_EXPIRED',
          subjectId: platformId,
          reason,
          message: expiredMessages[reason],
          status,
        }),
      ],
    };
  });
  try {
    passGate(board.gate());
  } catch (error) {
    if (error instanceof UpworkError) return error;
    throw error;
  }
  return new UpworkError('unavailable', 'The connection has just been renewed. Try again.');
}

/** Upwork refuses Client ID or Secret: the tokens are kept, and nothing is tried with these credentials again (F18). @returns what the caller throws */
export function refuseCredentials(board: StatusBoard, generation: number): UpworkError {
  board.change((row) =>
    row.status === 'CONNECTED' && row.tokenGeneration <= generation
      ? { row: { status: 'CREDENTIALS_INVALID', refreshBackOff: null, incident: null } }
      : {},
  );
  const { row } = board.gate();
  return row.status === 'AUTH_EXPIRED'
    ? authExpired(row)
    : new UpworkError(
        'credentials_invalid',
        'Upwork refuses the Client ID or the Client Secret. Connect with the right ones: ghoststack prospector connect upwork.',
      );
}
