import type { UpworkOAuth } from '../upwork/model.ts';
import { asDomainError } from './failures.ts';
import type { ConnectionService } from './model.ts';
import { noScopes } from './records/connection-row.ts';
import type { TokenShelf } from './records/stored-tokens.ts';
import type { StatusBoard } from './status/status-board.ts';

/** What giving up a connection needs. `purge` deletes what was read from the platform and says how much that was. */
export interface DisconnectDeps {
  readonly board: StatusBoard;
  readonly shelf: TokenShelf;
  readonly oauth: Pick<UpworkOAuth, 'revoke'>;
  readonly purge: () => number;
}

/**
 * Gives up the connection: the tokens are read, the row says so (so that nobody takes their absence for a loss), they are removed, and only then
 * revoked, as far as Upwork lets itself be told (FACTS §2.5). Credentials stay for the next flow; whose database it is, is remembered.
 */
export function createDisconnect({ board, shelf, oauth, purge }: DisconnectDeps): ConnectionService['disconnect'] {
  return async ({ revoke, purgeData }) => {
    try {
      const stored = await shelf.read().catch((error: unknown) => {
        // Tokens that cannot be understood are to go all the more.
        if ((error as { code?: unknown }).code === 'corrupt') return undefined;
        throw error;
      });
      let purgedRecords = 0;
      board.change((row) => {
        if (purgeData) purgedRecords = purge();
        return {
          row: {
            status: 'DISCONNECTED',
            connectedAt: null,
            failingSince: null,
            account: null,
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
            tokenGeneration: Math.max(row.tokenGeneration, stored?.record.generation ?? 0),
          },
        };
      });
      await shelf.remove();
      const { credentials, refreshToken } = stored?.record ?? {};
      const revoked = revoke && credentials && refreshToken ? await oauth.revoke(credentials, refreshToken) : false;
      return { revoked, purgedRecords };
    } catch (error) {
      throw asDomainError(error, board.shown().status);
    }
  };
}
