import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { EventBody, StatusAtEvent } from '../../events/model.ts';
import {
  type AccessToken,
  type Credentials,
  type TokenSource,
  type UpworkClient,
  UpworkError,
  type UpworkIdentity,
  type UpworkOAuth,
} from '../../upwork/model.ts';
import { accountOf, type ProbedKey, probeKey } from '../account.ts';
import type { ConnectionRow } from '../records/connection-row.ts';
import type { StoredCredentials } from '../records/stored-credentials.ts';
import type { TokenShelf } from '../records/stored-tokens.ts';
import { firstRecord } from '../records/token-record.ts';
import { platformId, type StatusBoard } from '../status/status-board.ts';
import { FlowFailure, flowFailure } from './flow-failures.ts';
import type { FlowRow, FlowRows } from './flow-rows.ts';
import type { FlowSecret } from './flow-secret.ts';
import type { Flows } from './flows.ts';

type Grant = NonNullable<FlowSecret['grant']>;

/** Takes a flow that holds tokens to its good end. May be called again for the same flow after a crash. */
export interface FinishFlow {
  /** @throws FlowFailure, UpworkError, SecretStoreError: then nothing of the connection has changed */
  (flow: FlowRow, credentials: Credentials, grant: Grant): Promise<void>;
  /** Upwork refused Client ID or Secret: said by the status where nothing is connected, which otherwise stays as it is. */
  refuseCredentials(): void;
}

/** What finishing a flow needs. */
export interface FinishFlowDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly oauth: Pick<UpworkOAuth, 'revoke'>;
  readonly clientWith: (tokens: TokenSource) => UpworkClient;
  readonly shelf: TokenShelf;
  readonly credentials: StoredCredentials;
  readonly flows: Flows;
  readonly flowRows: FlowRows;
  readonly board: StatusBoard;
  readonly tenantId: string | undefined;
}

/** Identity and scopes are read with the new tokens; then the secret store, then the row, then the events (PRODUCT.md, Connection). */
export function createFinishFlow(deps: FinishFlowDeps): FinishFlow {
  const { clock, log, oauth, clientWith, shelf, credentials: stored, flows, flowRows, board } = deps;

  const look = async (grant: Grant) => {
    const identity = await clientWith(fixed(grant, deps.tenantId)).identity();
    const tenantId = deps.tenantId ?? identity.organizationId;
    warnOfForeignTenant(log, deps.tenantId, identity);
    return { identity, tenantId, key: await probeKey(clientWith(fixed(grant, tenantId)), identity) };
  };

  /** The connection belongs to one account (F24). */
  const refuseOtherAccount = async (
    flow: FlowRow,
    identity: UpworkIdentity,
    credentials: Credentials,
    grant: Grant,
  ) => {
    const { ownerAccountId } = board.gate().row;
    if (ownerAccountId === null || ownerAccountId === identity.userId || flow.allowAccountChange) return;
    await oauth.revoke(credentials, grant.refreshToken);
    board.change((row) => (row.connectedAt === null ? { row: { status: 'WRONG_ACCOUNT' } } : {}));
    throw new FlowFailure(
      flowFailure(
        'WRONG_ACCOUNT',
        `Access was allowed by ${identity.userName}, and this database belongs to another account; nothing was changed. Sign in at Upwork as the account of before, or allow the account to change.`,
      ),
    );
  };

  const store = async (flow: FlowRow, credentials: Credentials, grant: Grant) => {
    const there = await shelf.read().catch(() => undefined);
    if (there?.record.flowId === flow.id) return there.record;
    const generation = Math.max(board.gate().row.tokenGeneration, there?.record.generation ?? 0) + 1;
    const { obtainedAt, serverDate, ...rest } = grant;
    const tokens = { ...rest, ...(serverDate !== undefined && { serverDate: new Date(serverDate) }) };
    const record = firstRecord({ flowId: flow.id, generation, credentials, grant: tokens, obtainedAt });
    await shelf.replace(record);
    return record;
  };

  const finish = async (flow: FlowRow, credentials: Credentials, grant: Grant) => {
    const { identity, tenantId, key } = await look(grant);
    await refuseOtherAccount(flow, identity, credentials, grant);
    const record = await store(flow, credentials, grant);
    // The tokens carry their own; this copy is for the next flow.
    await stored
      .write(credentials)
      .catch((error: unknown) => log.warn({ err: error }, 'The credentials were not stored.'));
    board.change((row) => {
      const now = clock.now().getTime();
      if (!flowRows.move(flow.id, 'EXCHANGING', 'COMPLETED', { at: now })) return {};
      return {
        row: {
          ...connected(identity, tenantId, key, now),
          tokenGeneration: record.generation,
          tokenRefreshedAt: record.obtainedAt,
          tokenExpiresAt: record.obtainedAt + record.lifeMs,
        },
        events: [
          () => ({ type: 'CONNECTION_FLOW_UPDATED', subjectId: flow.id, status: 'COMPLETED' }),
          ...(row.status === 'AUTH_EXPIRED' ? [restored(row, now)] : []),
        ],
      };
    });
    await flows.forget(flow.id);
  };

  return Object.assign(finish, {
    refuseCredentials: () =>
      board.change((row) => (row.connectedAt === null ? { row: { status: 'CREDENTIALS_INVALID' } } : {})),
  });
}

/** The columns of a connection that has just been made. A restriction stays: only a person ends it. */
function connected(
  identity: UpworkIdentity,
  tenantId: string,
  { probes, connectsBalance }: ProbedKey,
  now: number,
): Partial<ConnectionRow> {
  return {
    status: 'CONNECTED',
    connectedAt: now,
    failingSince: null,
    account: accountOf(identity, tenantId),
    ownerAccountId: identity.userId,
    tenantId,
    scopes: { probes, refusedWrites: [] },
    tokenUsedAt: now,
    connectsBalance: connectsBalance ?? null,
    expiredReason: null,
    expiredAt: null,
    incident: null,
    refreshBackOff: null,
  };
}

/** The stretch that was missed began with the last good answer. */
function restored({ tokenUsedAt, expiredAt }: ConnectionRow, now: number): (status: StatusAtEvent) => EventBody {
  const from = tokenUsedAt ?? expiredAt;
  return (status) => ({
    type: 'AUTH_RESTORED',
    subjectId: platformId,
    ...(from !== null && { gap: { from: new Date(from).toISOString(), to: new Date(now).toISOString() } }),
    status,
  });
}

/** The tokens of the flow, which nobody renews. */
function fixed(grant: Grant, tenantId: string | undefined): TokenSource {
  const token: AccessToken = {
    value: grant.accessToken,
    expiresAt: new Date(grant.obtainedAt + grant.expiresInMs),
    ...(tenantId !== undefined && { tenantId }),
  };
  return {
    token: async () => token,
    replace: async () => {
      throw new UpworkError(
        'unauthorized',
        'Upwork’s API refuses the token that Upwork has just issued. Connect again.',
      );
    },
  };
}

function warnOfForeignTenant(log: Log, tenantId: string | undefined, { organizations }: UpworkIdentity): void {
  if (tenantId === undefined || organizations.length === 0 || organizations.some(({ id }) => id === tenantId)) return;
  log.warn(
    { key: 'UPWORK_TENANT_ID' },
    'UPWORK_TENANT_ID is none of the organizations of the connected account. Correct it and start Prospector again.',
  );
}
