import type { Clock } from '../../../../clock.ts';
import type { Log } from '../../../../log.ts';
import { failureOf } from '../../failure.ts';
import type { SecretStoreError } from '../../model.ts';
import { loginShape, served, shaped } from '../answers.ts';
import type { VaultClient } from '../client.ts';
import { vaultProblems } from '../problems.ts';
import type { VaultCredentials, VaultGrant } from './credentials.ts';
import { isCapped, renewalDelayMs, retryDelayMs } from './lease.ts';
import { createLoginGate } from './login-gate.ts';
import { isTokenDead } from './token.ts';

/** A token kept alive. Whoever made the session ends it. */
export interface VaultSession {
  /** A token to ask with. Logs in where there is none, or its lease has ended. @throws SecretStoreError */
  token(): Promise<string>;
  /** Tells that Vault refused this token as dead: the next `token()` logs in. */
  dead(token: string): void;
  /** Stops renewing; a token that was made for this session is revoked as far as Vault lets us. */
  end(): Promise<void>;
}

/** What a session needs. `onTrouble` hears why a renewal in the background did not reach Vault. */
export interface VaultSessionOptions {
  readonly client: VaultClient;
  readonly credentials: VaultCredentials;
  readonly clock: Pick<Clock, 'monotonic' | 'after'>;
  readonly log: Log;
  readonly onTrouble: (failure: SecretStoreError) => void;
}

interface Held extends VaultGrant {
  readonly since: number;
  /** The longest lease this token was ever given. */
  readonly fullLeaseMs: number;
}

/**
 * Logs in when a token is first asked for. Renews two thirds into each lease, again and again until its end when that fails; logs in anew before
 * the end of a token that cannot be extended, after an outage longer than the lease, and when Vault says that the token is dead. node-vault's own
 * renewal is not used: it fires at once for leases over 25 days and gives up after one failure (T3, F39).
 */
export function createVaultSession({ client, credentials, clock, log, onTrouble }: VaultSessionOptions): VaultSession {
  const gate = createLoginGate(clock);
  let held: Held | undefined;
  let loggingIn: Promise<Held> | undefined;
  let refusal: SecretStoreError | undefined;
  let isEnded = false;
  let cancel = () => {};

  const leftMs = ({ leaseMs, since }: Held) =>
    leaseMs === undefined ? Number.POSITIVE_INFINITY : leaseMs - (clock.monotonic() - since);

  function logIn(): Promise<Held> {
    loggingIn ??= obtain().finally(() => {
      loggingIn = undefined;
    });
    return loggingIn;
  }

  async function obtain(): Promise<Held> {
    const waitMs = gate.waitMs();
    if (waitMs > 0 && !credentials.hasChanged()) throw refusal ?? tooSoon(waitMs);
    try {
      const grant = await credentials.grant();
      if (credentials.makesTokens) gate.opened();
      else gate.reset();
      refusal = undefined;
      log.info(
        { store: 'vault', ...(grant.leaseMs !== undefined && { durationMs: grant.leaseMs }) },
        'Logged in to Vault.',
      );
      return hold({ ...grant, since: clock.monotonic(), fullLeaseMs: grant.leaseMs ?? 0 });
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'auth_failed') {
        gate.refused();
        refusal = failure;
      }
      throw failure;
    }
  }

  function hold(next: Held): Held {
    held = next;
    cancel();
    if (next.leaseMs === undefined || isEnded) return next;
    if (next.renewable) cancel = clock.after(renewalDelayMs(next.leaseMs), () => void renew(next));
    else if (credentials.makesTokens) cancel = clock.after(renewalDelayMs(next.leaseMs), () => void replace(next));
    else
      log.warn(
        { store: 'vault', durationMs: next.leaseMs },
        'The token for Vault cannot be renewed any more. Replace it before it ends.',
      );
    return next;
  }

  async function renew(current: Held): Promise<void> {
    try {
      const call = { method: 'POST', path: 'auth/token/renew-self', token: current.token, body: {} } as const;
      const answer = served(await client.ask(call), client.host);
      if (held !== current || isEnded) return;
      if (answer.status === 200) return void hold(extended(current, shaped(answer, loginShape, client.host)));
      if (await isTokenDead(client, current.token, answer)) drop(current);
      // Whatever else Vault says no to here, it will not extend this token.
      if (credentials.makesTokens) await replace(current);
      else if (held === current)
        hold({ ...current, leaseMs: leftMs(current), since: clock.monotonic(), renewable: false });
    } catch (error) {
      onTrouble(failureOf(error));
      again(current, renew, retryDelayMs(leftMs(current)));
    }
  }

  function extended(current: Held, { auth }: { auth: { lease_duration: number; renewable: boolean } }): Held {
    const leaseMs = auth.lease_duration * 1_000;
    const fullLeaseMs = Math.max(current.fullLeaseMs, leaseMs);
    const renewable = auth.renewable && !isCapped(leaseMs, fullLeaseMs);
    return { token: current.token, leaseMs, renewable, since: clock.monotonic(), fullLeaseMs };
  }

  /** Another token before this one ends; this one stays in use as long as it lives. */
  async function replace(current: Held): Promise<void> {
    try {
      await logIn();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== 'auth_failed') onTrouble(failure);
      else log.warn({ store: 'vault', code: failure.code }, failure.message);
      again(current, replace, Math.max(gate.waitMs(), retryDelayMs(leftMs(current))));
    }
  }

  function again(current: Held, deed: (current: Held) => Promise<void>, delayMs: number): void {
    if (held !== current || isEnded || leftMs(current) <= delayMs) return;
    cancel();
    cancel = clock.after(delayMs, () => void deed(current));
  }

  function drop(current: Held): void {
    if (held !== current) return;
    held = undefined;
    cancel();
  }

  return {
    token: async () => {
      const living = held !== undefined && leftMs(held) > 0 ? held : undefined;
      if (living !== undefined && !credentials.hasChanged()) return living.token;
      try {
        return (await logIn()).token;
      } catch (error) {
        if (living === undefined || held !== living) throw error;
        return living.token;
      }
    },
    dead: (token) => {
      if (held?.token === token) drop(held);
    },
    end: async () => {
      isEnded = true;
      cancel();
      const last = held;
      held = undefined;
      if (last === undefined || !credentials.makesTokens) return;
      const call = { method: 'POST', path: 'auth/token/revoke-self', token: last.token, timeoutMs: 2_000 } as const;
      await client.ask(call).catch(() => {});
    },
  };
}

const tooSoon = (waitMs: number) =>
  vaultProblems.refused(
    'Vault no longer accepts the token it gave a moment ago',
    `Look for what revokes it; Prospector logs in again in ${Math.ceil(waitMs / 1_000)} s.`,
  );
