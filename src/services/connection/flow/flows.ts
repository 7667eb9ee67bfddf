import { createHash } from 'node:crypto';
import { ulid } from 'ulid';
import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import { DomainError, type UserFailure } from '../../failures/model.ts';
import type { UpworkOAuth } from '../../upwork/model.ts';
import { createAlarm } from '../alarm.ts';
import { asDomainError } from '../failures.ts';
import type { ConnectInput, ConnectionFlow, ConnectionService } from '../model.ts';
import type { StoredCredentials } from '../records/stored-credentials.ts';
import type { StatusBoard } from '../status/status-board.ts';
import { checkConnectInput } from './check-connect-input.ts';
import { cancelled, expired, replaced } from './flow-failures.ts';
import type { FlowRow, FlowRows, FlowStatus } from './flow-rows.ts';
import type { FlowSecrets } from './flow-secret.ts';

/** How long a person may take on Upwork's page. */
const flowLifeMs = 10 * 60_000;

/** How long a flow can be looked up. */
const keptMs = 30 * 24 * 60 * 60_000;

/** The attempts to authorize, up to their callback. */
export interface Flows extends Pick<ConnectionService, 'connect' | 'flow' | 'cancelFlow'> {
  /** Moves a flow on and announces it; false when it did not stand at `from`. */
  move(id: string, from: FlowStatus, to: FlowStatus, failure?: UserFailure): boolean;
  view(row: FlowRow): ConnectionFlow;
  /** After a start: ends what is too old, learns the address of the flow that is open, drops the secret of one that is over. @throws SecretStoreError */
  recover(): Promise<void>;
  /** Forgets what only an open flow needs. */
  forget(id: string): Promise<void>;
  close(): void;
}

/** What flows need. */
export interface FlowsDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly random: Random;
  readonly oauth: Pick<UpworkOAuth, 'authorizationRequest'>;
  readonly rows: FlowRows;
  readonly secrets: FlowSecrets;
  readonly credentials: StoredCredentials;
  readonly board: StatusBoard;
  readonly redirectUri: () => string;
  readonly publicUrl: () => string;
}

/** Flows of this database. Holds a timer for their end; its owner closes it. */
export function createFlows(deps: FlowsDeps): Flows {
  const { clock, random, oauth, rows, secrets, credentials, board } = deps;
  const addresses = new Map<string, string>();
  const nowMs = () => clock.now().getTime();
  const expiry = createAlarm(clock, () => expireDue());
  let opening: Promise<unknown> = Promise.resolve();

  const move: Flows['move'] = (id, from, to, failure) => {
    let moved = false;
    board.change(() => {
      const isOver = to !== 'EXCHANGING';
      moved = rows.move(id, from, to, isOver ? { at: nowMs(), ...(failure && { failure }) } : undefined);
      return moved ? { events: [() => ({ type: 'CONNECTION_FLOW_UPDATED', subjectId: id, status: to })] } : {};
    });
    return moved;
  };

  const forget = async (id: string) => {
    addresses.delete(id);
    // What is left behind is dropped at the next start, or replaced by the next flow.
    await secrets.remove(id).catch(() => undefined);
  };

  const expireDue = () => {
    for (const { id, status, expiresAt } of rows.open())
      if (status === 'PENDING' && expiresAt <= nowMs() && move(id, 'PENDING', 'EXPIRED', expired)) void forget(id);
    const next = rows.open().find(({ status }) => status === 'PENDING');
    if (next) expiry.set(Math.max(1, next.expiresAt - nowMs()));
    else expiry.off();
  };

  const view = (row: FlowRow): ConnectionFlow => {
    const address = row.status === 'PENDING' ? addresses.get(row.id) : undefined;
    return {
      id: row.id,
      status: row.status,
      redirectUri: row.redirectUri,
      createdAt: new Date(row.createdAt),
      expiresAt: new Date(row.expiresAt),
      ...(address !== undefined && { authorizationUrl: address }),
      ...(row.completedAt !== null && { completedAt: new Date(row.completedAt) }),
      ...(row.failure && { failure: row.failure }),
    };
  };

  const open = async (input: ConnectInput, browserNonce?: string) => {
    const wish = checkConnectInput(input, deps.publicUrl());
    refuseWhileConnected(input.force);
    const key = wish.credentials ?? (await credentials.read());
    if (!key) throw notConfigured(board);
    const redirectUri = deps.redirectUri();
    const request = await oauth.authorizationRequest({ clientId: key.clientId, redirectUri });
    const id = `flow_${ulid(nowMs(), () => random.fraction())}`;
    const { url: authorizationUrl, state, codeVerifier } = request;
    await secrets.write({
      flowId: id,
      state,
      authorizationUrl,
      credentials: { ...key },
      ...(codeVerifier !== undefined && { codeVerifier }),
    });
    for (const older of rows.open()) if (move(older.id, 'PENDING', 'CANCELLED', replaced)) addresses.delete(older.id);
    addresses.set(id, authorizationUrl);
    board.change(() => {
      rows.insert({
        id,
        stateHash: hashOf(state),
        browserHash: browserNonce === undefined ? null : hashOf(browserNonce),
        redirectUri,
        returnTo: wish.returnTo ?? null,
        allowAccountChange: input.allowAccountChange,
        createdAt: nowMs(),
        expiresAt: nowMs() + flowLifeMs,
      });
      return { events: [() => ({ type: 'CONNECTION_FLOW_UPDATED', subjectId: id, status: 'PENDING' })] };
    });
    expireDue();
    return { flow: view(existing(rows.byId(id), id)), authorizationUrl, state, warnings: [] };
  };

  const refuseWhileConnected = (force: boolean) => {
    const { row } = board.facts();
    if (
      force ||
      row.status !== 'CONNECTED' ||
      !['CONNECTED', 'RATE_LIMITED', 'RESTRICTED'].includes(board.shown().status)
    )
      return;
    throw new DomainError({
      type: 'ConflictError',
      code: 'CONFLICT',
      message: `Upwork is connected already, as ${row.account?.displayName ?? 'an account'}. Ask with force to replace the connection.`,
    });
  };

  return {
    move,
    view,
    forget,
    // One after the other: the secret and the row of a flow belong together.
    connect: (input, browserNonce) => {
      const opened = opening.then(() => open(input, browserNonce));
      opening = opened.catch(() => undefined);
      return opened.catch((error: unknown) => {
        throw asDomainError(error, board.shown().status);
      });
    },
    flow: (id) => {
      const row = rows.byId(id);
      return row && view(row);
    },
    cancelFlow: async (id) => {
      const { status } = existing(rows.byId(id), id);
      if (!move(id, 'PENDING', 'CANCELLED', cancelled))
        throw new DomainError({
          type: 'InvalidTransitionError',
          code: 'INVALID_TRANSITION',
          message: `The flow is ${status} and can no longer be cancelled.`,
          from: status,
          allowed: [],
        });
      await forget(id);
      return view(existing(rows.byId(id), id));
    },
    recover: async () => {
      expireDue();
      rows.trim(nowMs() - keptMs);
      const secret = await secrets.current();
      if (!secret) return;
      const row = rows.byId(secret.flowId);
      if (row?.status === 'PENDING') addresses.set(row.id, secret.authorizationUrl);
      else if (row?.status !== 'EXCHANGING') await forget(secret.flowId);
    },
    close: () => expiry.off(),
  };
}

/** SHA-256: states and nonces are random, so no salt is needed. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function existing(row: FlowRow | undefined, id: string): FlowRow {
  if (row) return row;
  throw new DomainError({ type: 'NotFoundError', code: 'NOT_FOUND', message: 'There is no such flow.', nodeId: id });
}

function notConfigured(board: StatusBoard): DomainError {
  return new DomainError({
    type: 'PlatformConnectionError',
    code: 'PLATFORM_NOT_CONFIGURED',
    message:
      'No Client ID and Client Secret are known. Give them as credentials, or set UPWORK_CLIENT_ID and UPWORK_CLIENT_SECRET_FILE and start Prospector again.',
    status: board.shown().status,
    missingConfiguration: ['UPWORK_CLIENT_ID', 'UPWORK_CLIENT_SECRET_FILE'],
  });
}
