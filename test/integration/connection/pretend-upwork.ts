import {
  type AccessToken,
  type Credentials,
  OAuthError,
  type ProbeName,
  type ProbeResult,
  type TokenGrant,
  type TokenSource,
  type UpworkClient,
  UpworkError,
  type UpworkIdentity,
  type UpworkOAuth,
} from '../../../src/services/upwork/model.ts';
import type { TestClock } from '../../support/clock.ts';

/** What a refresh does to the old refresh token: lives on for a day, dies at once (and takes the family along when used again), or stays the only one. */
export type Rotation = 'tail' | 'strict' | 'none';
export const credentials: Credentials = { clientId: 'a-client-id', clientSecret: 'a-client-secret' };
export const lifeMs = 24 * 60 * 60_000;

interface Issued {
  family: number;
  diesAt: number;
  spent: boolean;
}

/** Upwork as the connection sees it, in memory: what it issues, honours and forgets. Arranged through its fields. */
export function createPretendUpwork(clock: TestClock, rotation: Rotation = 'tail') {
  const access = new Map<string, Issued>();
  const refresh = new Map<string, Issued>();
  let issued = 0;
  let families = 0;
  const nowMs = () => clock.now().getTime();

  const issue = (family: number, withRefresh: boolean): TokenGrant => {
    issued += 1;
    access.set(`access-${issued}`, { family, diesAt: nowMs() + lifeMs, spent: false });
    if (withRefresh) refresh.set(`refresh-${issued}`, { family, diesAt: nowMs() + 14 * lifeMs, spent: false });
    return {
      accessToken: `access-${issued}`,
      ...(withRefresh && { refreshToken: `refresh-${issued}` }),
      expiresInMs: lifeMs,
      serverDate: clock.now(),
    };
  };
  const endFamily = (family: number) => {
    for (const store of [access, refresh])
      for (const [token, held] of store) if (held.family === family) store.delete(token);
  };
  const rejected = () => new OAuthError('invalid_grant', 'Upwork does not know the token any more.');

  const spend = (token: string): TokenGrant => {
    const held = refresh.get(token);
    if (!held || held.diesAt <= nowMs()) throw rejected();
    if (rotation === 'none') {
      held.diesAt = nowMs() + 14 * lifeMs;
      return issue(held.family, false);
    }
    if (rotation === 'strict' && held.spent) {
      endFamily(held.family);
      throw rejected();
    }
    if (rotation === 'tail') held.diesAt = Math.min(held.diesAt, nowMs() + lifeMs);
    held.spent = true;
    return issue(held.family, true);
  };

  let flows = 0;

  const upwork = {
    identity: {
      userId: '15',
      userName: 'janefreelancer',
      displayName: 'Jane F.',
      organizationId: '151',
      organizations: [{ id: '151', title: 'Jane F.' }],
    } as UpworkIdentity,
    probes: {
      job_search: 'granted',
      proposals: 'granted',
      contract_list: 'not_offered',
      work_history: 'granted',
      connects: 'granted',
    } as Record<ProbeName, ProbeResult | UpworkError>,
    exchanges: 0,
    refreshes: 0,
    revocations: [] as string[],
    calls: 0,
    /** Thrown instead of exchanging a code. */
    exchangeFails: undefined as Error | undefined,
    /** Asked for each refresh: an error instead of it, `after` its effect where it says so. */
    refreshFails: undefined as (() => { error: Error; after?: boolean } | undefined) | undefined,
    /** Thrown instead of an answer of the API. */
    apiFails: undefined as UpworkError | undefined,
    secret: credentials.clientSecret,
    /** Waits before a refresh has its effect. */
    beforeRefresh: async () => {},
    expireAccess: () => access.clear(),
    revokeAll: () => {
      access.clear();
      refresh.clear();
    },
    isLive: (token: AccessToken) => (access.get(token.value)?.diesAt ?? 0) > nowMs(),
    oauth: {
      authorizationRequest: async ({ clientId, redirectUri }) => {
        flows += 1;
        const state = `state-${flows}-of-256-random-bits`;
        const url = `https://upwork.test/authorize?client_id=${clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&state=${state}`;
        return { url, state, codeVerifier: `verifier-${flows}` };
      },
      exchange: async ({ callback, state, codeVerifier }) => {
        if (callback.get('error')) throw new OAuthError('denied', 'Denied.', { oauthError: 'access_denied' });
        if (callback.get('state') !== state || !codeVerifier) throw new OAuthError('bad_callback', 'Not ours.');
        upwork.exchanges += 1;
        if (upwork.exchangeFails) throw upwork.exchangeFails;
        families += 1;
        return issue(families, true);
      },
      refresh: async (given, token) => {
        upwork.refreshes += 1;
        await upwork.beforeRefresh();
        if (given.clientSecret !== upwork.secret) throw new OAuthError('invalid_client', 'Wrong secret.');
        const failure = upwork.refreshFails?.();
        if (failure && !failure.after) throw failure.error;
        const grant = spend(token);
        if (failure) throw failure.error;
        return grant;
      },
      revoke: async (_credentials, token) => {
        upwork.revocations.push(token);
        const held = refresh.get(token);
        if (held) endFamily(held.family);
        return held !== undefined;
      },
    } satisfies UpworkOAuth as UpworkOAuth,
    /** A client as the adapter makes it: 401 → one replacement, one retry. */
    clientWith: (tokens: TokenSource): UpworkClient => {
      const ask = async <Answer>(answer: () => Answer): Promise<Answer> => {
        let token = await tokens.token();
        for (const isLast of [false, true]) {
          upwork.calls += 1;
          if (upwork.apiFails) throw upwork.apiFails;
          if (upwork.isLive(token)) return answer();
          if (!isLast) token = await tokens.replace(token);
        }
        throw new UpworkError('unauthorized', 'Upwork refuses a fresh token.', { httpStatus: 401 });
      };
      return {
        identity: () => ask(() => upwork.identity),
        probe: (name) =>
          ask(() => {
            const result = upwork.probes[name];
            if (result instanceof UpworkError) throw result;
            return result;
          }),
        connectsBalance: () => ask(() => 80),
        categories: () => Promise.reject(new Error('Not asked here.')),
        search: () => Promise.reject(new Error('Not asked here.')),
        sent: () => upwork.calls,
      };
    },
  };
  return upwork;
}

export type PretendUpwork = ReturnType<typeof createPretendUpwork>;
