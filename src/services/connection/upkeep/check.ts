import type { Clock } from '../../../clock.ts';
import type { UpworkClient } from '../../upwork/model.ts';
import { accountOf, probeKey } from '../account.ts';
import { asDomainError } from '../failures.ts';
import type { ConnectionService } from '../model.ts';
import type { TokenShelf } from '../records/stored-tokens.ts';
import { missingScopes, unansweredProbes } from '../status/scopes.ts';
import { platformId, type StatusBoard } from '../status/status-board.ts';
import { endAuthorization } from '../tokens/authorization-end.ts';

/** What looking at the platform needs. */
export interface CheckDeps {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly board: StatusBoard;
  readonly shelf: TokenShelf;
  readonly client: () => UpworkClient;
}

/** Looks at the platform now. */
export interface Check {
  check: ConnectionService['check'];
  /** Asks the probes that are missing or unanswered again. @throws UpworkError */
  probe(): Promise<void>;
}

/** One identity call; the probes only while something is missing or unknown; the Connects where the key may read them. */
export function createCheck({ clock, board, shelf, client }: CheckDeps): Check {
  /** Tokens that were lost and are back: somebody has undeleted the secret (F42). */
  const lookForLost = async () => {
    const { row } = board.gate();
    if (row.status !== 'AUTH_EXPIRED' || row.expiredReason !== 'SECRET_LOST') return;
    const stored = await shelf.read();
    if (!stored) return;
    if (stored.record.generation < row.tokenGeneration)
      throw endAuthorization(board, clock, 'RESTORED_FROM_BACKUP', row.tokenGeneration);
    board.change((current) => {
      if (current.status !== 'AUTH_EXPIRED' || current.expiredReason !== 'SECRET_LOST') return {};
      const now = clock.now();
      const from = current.tokenUsedAt ?? current.expiredAt ?? now.getTime();
      const gap = { from: new Date(from).toISOString(), to: now.toISOString() };
      return {
        row: { status: 'CONNECTED', expiredReason: null, expiredAt: null },
        events: [(status) => ({ type: 'AUTH_RESTORED', subjectId: platformId, gap, status })],
      };
    });
  };

  const look = async (alwaysIdentity: boolean) => {
    const { row } = board.gate();
    const isIncomplete = missingScopes(row.scopes).length > 0 || unansweredProbes(row.scopes);
    if (!isIncomplete && !alwaysIdentity) return 0;
    const started = clock.monotonic();
    const identity = await client().identity();
    const latencyMs = clock.monotonic() - started;
    const key = isIncomplete ? await probeKey(client(), identity) : undefined;
    const balance = isIncomplete ? key?.connectsBalance : await balanceOf(row.scopes.probes.connects === 'granted');
    board.change((current) => ({
      row: {
        account: accountOf(identity, current.tenantId ?? identity.organizationId),
        ...(key && { scopes: { ...current.scopes, probes: { ...current.scopes.probes, ...key.probes } } }),
        ...(balance !== undefined && { connectsBalance: balance }),
      },
    }));
    return latencyMs;
  };

  const balanceOf = async (isReadable: boolean) =>
    isReadable
      ? client()
          .connectsBalance()
          .catch(() => undefined)
      : undefined;

  return {
    check: async () => {
      try {
        await lookForLost();
        return { latencyMs: await look(true) };
      } catch (error) {
        throw asDomainError(error, board.shown().status);
      }
    },
    probe: async () => void (await look(false)),
  };
}
