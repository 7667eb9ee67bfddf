import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Log } from '../../../log.ts';
import type { Leases } from '../../database/model.ts';
import type { UserFailure } from '../../failures/model.ts';
import { OAuthError, type TokenGrant, type UpworkOAuth } from '../../upwork/model.ts';
import { failureOf } from '../failures.ts';
import type { ConnectionFlow, ConnectionService } from '../model.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { FinishFlow } from './finish-flow.ts';
import {
  endingOf,
  expired,
  FlowFailure,
  flowFailure,
  foreignBrowser,
  interrupted,
  unknownState,
  withoutCode,
} from './flow-failures.ts';
import type { FlowRow, FlowRows } from './flow-rows.ts';
import type { FlowSecret, FlowSecrets } from './flow-secret.ts';
import { type Flows, hashOf } from './flows.ts';

/** Longer than a flow takes from its callback to its end. */
const leaseMs = 3 * 60_000;
const leaseOf = (id: string) => `flow:${id}`;

/** Ends flows whose callback has come. */
export interface FlowCompletion {
  complete: ConnectionService['complete'];
  /** Goes on with a flow that a stopped process left between its callback and its end. @returns when to look again, in ms, if another process may still be at it */
  resume(): Promise<number | undefined>;
  /** Resolves when no flow is being completed here. */
  idle(): Promise<void>;
}

/** What completing a flow needs. */
export interface CompleteFlowDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly oauth: Pick<UpworkOAuth, 'exchange'>;
  readonly leases: Leases;
  readonly flows: Flows;
  readonly rows: FlowRows;
  readonly secrets: FlowSecrets;
  readonly board: StatusBoard;
  readonly finish: FinishFlow;
}

type Result = Awaited<ReturnType<ConnectionService['complete']>>;

/** Callbacks are taken once: whoever comes again, or at the same time, sees the first result (F5). */
export function createFlowCompletion(deps: CompleteFlowDeps): FlowCompletion {
  const { clock, log, oauth, leases, flows, rows, secrets, board, finish } = deps;
  const running = new Map<string, Promise<void>>();

  const result = (id: string): Result => {
    const row = rows.byId(id);
    if (!row) return { failure: unknownState };
    return {
      flow: flows.view(row),
      ...(row.returnTo !== null && { returnTo: row.returnTo }),
      ...(row.failure && { failure: row.failure }),
    };
  };

  const end = async (
    id: string,
    from: ConnectionFlow['status'],
    to: ConnectionFlow['status'],
    failure: UserFailure,
  ) => {
    flows.move(id, from, to, failure);
    await flows.forget(id);
  };

  /** From the code to the end; whatever goes wrong is an ending of the flow. */
  const run = async (flow: FlowRow, secret: FlowSecret, callback: URLSearchParams) => {
    if (!flows.move(flow.id, 'PENDING', 'EXCHANGING')) return;
    try {
      const grant = await exchange(flow, secret, callback);
      await secrets.update({ ...secret, grant });
      await finish(flow, secret.credentials, grant);
    } catch (error) {
      const { status, failure } = endingOfError(error);
      await end(flow.id, 'EXCHANGING', status, failure);
    }
  };

  const exchange = async (flow: FlowRow, secret: FlowSecret, callback: URLSearchParams) => {
    const obtainedAt = clock.now().getTime();
    const { state, codeVerifier, credentials } = secret;
    const { redirectUri } = flow;
    const grant = await oauth.exchange({
      credentials,
      callback,
      redirectUri,
      state,
      ...(codeVerifier !== undefined && { codeVerifier }),
    });
    return { ...storable(grant), obtainedAt };
  };

  const endingOfError = (error: unknown) => {
    if (error instanceof OAuthError) {
      const ending = endingOf(error);
      if (ending.failure.code === 'CREDENTIALS_INVALID') finish.refuseCredentials();
      return ending;
    }
    const known = error instanceof FlowFailure ? error.failure : failureOf(error, board.shown().status);
    if (!known) log.error({ err: error, action: 'connect' }, 'An authorization could not be completed.');
    return { status: 'FAILED' as const, failure: known ?? unforeseen };
  };

  const refusalOf = (flow: FlowRow, browserNonce: string | undefined) =>
    flow.browserHash !== null && !(browserNonce !== undefined && isSame(flow.browserHash, hashOf(browserNonce)))
      ? foreignBrowser
      : undefined;

  const start = async (flow: FlowRow, callback: URLSearchParams): Promise<UserFailure | undefined> => {
    if (flow.expiresAt <= clock.now().getTime()) {
      await end(flow.id, 'PENDING', 'EXPIRED', expired);
      return undefined;
    }
    if (!callback.has('code') && !callback.has('error')) return withoutCode;
    let secret: FlowSecret | undefined;
    try {
      secret = await secrets.read(flow.id);
    } catch (error) {
      // The code lives on for some minutes: reloading the page is worth a try.
      return failureOf(error, board.shown().status) ?? unforeseen;
    }
    const lease = secret && leases.take(leaseOf(flow.id), leaseMs);
    if (!secret) await end(flow.id, 'PENDING', 'FAILED', interrupted);
    else if (lease) await run(flow, secret, callback).finally(() => lease.release());
    return undefined;
  };

  const complete: FlowCompletion['complete'] = async (callback, browserNonce) => {
    const states = callback.getAll('state');
    const flow = states.length === 1 ? rows.byState(hashOf(states[0] ?? '')) : undefined;
    if (!flow) return { failure: unknownState };
    const refusal = refusalOf(flow, browserNonce);
    if (refusal) return { failure: refusal };
    const atIt = running.get(flow.id);
    if (atIt) await atIt;
    else if (flow.status === 'PENDING') {
      const failure = await remember(flow.id, start(flow, callback));
      if (failure) return { ...result(flow.id), failure };
    }
    return result(flow.id);
  };

  const remember = async <Value>(id: string, work: Promise<Value>): Promise<Value> => {
    const quiet = work.then(
      () => undefined,
      () => undefined,
    );
    running.set(id, quiet);
    try {
      return await work;
    } finally {
      running.delete(id);
    }
  };

  const resumeOne = async (flow: FlowRow) => {
    const secret = await secrets.read(flow.id);
    if (!secret?.grant) return end(flow.id, 'EXCHANGING', 'FAILED', interrupted);
    try {
      await finish(flow, secret.credentials, secret.grant);
    } catch (error) {
      const { status, failure } = endingOfError(error);
      await end(flow.id, 'EXCHANGING', status, failure);
    }
  };

  return {
    complete,
    resume: async () => {
      let again: number | undefined;
      for (const flow of rows.open()) {
        if (flow.status !== 'EXCHANGING' || running.has(flow.id)) continue;
        const lease = leases.take(leaseOf(flow.id), leaseMs);
        if (lease) await remember(flow.id, resumeOne(flow)).finally(() => lease.release());
        else again = leaseMs;
      }
      return again;
    },
    idle: async () => {
      await Promise.all(running.values());
    },
  };
}

const unforeseen = flowFailure(
  'UPSTREAM_ERROR',
  'The connection could not be completed; nothing was changed. The log of the server says why.',
);

/** @throws FlowFailure where there is no refresh token: the connection would die within a day */
function storable({ accessToken, refreshToken, expiresInMs, serverDate }: TokenGrant) {
  if (refreshToken === undefined)
    throw new FlowFailure(
      flowFailure(
        'UPSTREAM_ERROR',
        'Upwork gave no refresh token, without which a connection ends within a day; nothing was changed. Check the type of the key, then connect again.',
      ),
    );
  return {
    accessToken,
    refreshToken,
    expiresInMs,
    ...(serverDate && { serverDate: serverDate.getTime() }),
  };
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, 'hex'), Buffer.from(other, 'hex'));
}
