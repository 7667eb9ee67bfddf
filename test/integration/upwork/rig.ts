import pino from 'pino';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { systemClock } from '../../../src/clock.ts';
import { systemFetch } from '../../../src/network.ts';
import { type AccessToken, type TokenSource, UpworkError } from '../../../src/services/upwork/model.ts';
import { createUpworkOAuth } from '../../../src/services/upwork/oauth/oauth.ts';
import { createUpworkApi } from '../../../src/services/upwork/transport/api.ts';
import { keepLosses } from '../../support/losses.ts';

export const redirectUri = 'http://localhost:4000/oauth/upwork/callback';

/** The adapters on a real sandbox whose world stands still, signed in through the consent page; waiting takes no time. */
export async function connectUpwork(options: NonNullable<Parameters<typeof startSandbox>[0]> = {}) {
  const sandbox = await startSandbox({
    backlog: 0,
    postingsPerMinute: 0,
    autoApprove: true,
    running: false,
    now: new Date('2026-01-05T12:00:00Z'),
    ...options,
  });
  const slept: number[] = [];
  const clock = {
    ...systemClock,
    now: () => sandbox.control.now(),
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  const userAgent = 'prospector-test';
  const { authorizeUrl, tokenUrl, graphqlUrl, clientId, clientSecret } = sandbox;
  const oauth = createUpworkOAuth({ fetch: systemFetch, clock, authorizeUrl, tokenUrl, pkce: true, userAgent });
  const grant = await signIn(sandbox, oauth);
  const tokens = createTokenSource(grant.accessToken, async () => {
    const fresh = await oauth.refresh({ clientId, clientSecret }, String(grant.refreshToken));
    return fresh.accessToken;
  });
  const heard: string[] = [];
  const budget = createOpenBudget();
  const losses = keepLosses();
  const api = createUpworkApi({
    fetch: systemFetch,
    clock,
    random: { fraction: () => 0.5 },
    log: pino({ level: 'silent' }),
    graphqlUrl,
    tokens,
    budget,
    observer: { answered: () => void heard.push('answered'), failed: ({ code }) => void heard.push(code) },
    losses,
    userAgent,
  });
  return {
    sandbox,
    oauth,
    grant,
    tokens,
    budget,
    losses,
    api,
    clock,
    slept,
    heard,
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

/** Walks the authorization as a browser would, and exchanges its code. */
export async function signIn(sandbox: Sandbox, oauth: ReturnType<typeof createUpworkOAuth>) {
  const { clientId, clientSecret } = sandbox;
  const { url, state, codeVerifier } = await oauth.authorizationRequest({ clientId, redirectUri });
  const callback = await consent(url);
  return oauth.exchange({
    credentials: { clientId, clientSecret },
    callback,
    redirectUri,
    state,
    ...(codeVerifier !== undefined && { codeVerifier }),
  });
}

/** What the consent page redirects to. */
export async function consent(url: string): Promise<URLSearchParams> {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? `${redirectUri}?status=${response.status}`).searchParams;
}

/** Hands out one token until it is replaced; counts how often it was. */
export function createTokenSource(value: string, renew: () => Promise<string>) {
  let token: AccessToken = { value, expiresAt: new Date('2100-01-01') };
  const tokens: TokenSource & { replaced: number; tenantId: string | undefined; renew: () => Promise<string> } = {
    replaced: 0,
    tenantId: undefined,
    renew,
    token: async () => ({ ...token, ...(tokens.tenantId !== undefined && { tenantId: tokens.tenantId }) }),
    replace: async () => {
      tokens.replaced += 1;
      token = { ...token, value: await tokens.renew() };
      return tokens.token();
    },
  };
  return tokens;
}

/** A budget that lets everything pass, until it is told to refuse, and remembers what it heard. */
export function createOpenBudget() {
  const heard: string[] = [];
  return {
    heard,
    refuse: undefined as UpworkError | undefined,
    async take(purpose: string, signal?: AbortSignal) {
      if (signal?.aborted) throw new UpworkError('cancelled', 'cancelled');
      if (this.refuse) throw this.refuse;
      heard.push(`take ${purpose}`);
    },
    throttled(retryAfterMs?: number) {
      heard.push(`throttled ${retryAfterMs}`);
      return new Date('2026-01-05T12:01:00Z');
    },
    eased() {
      heard.push('eased');
    },
  };
}
