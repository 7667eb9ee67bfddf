import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';

/** A sandbox whose world stands still, and what a client would do with it. */
export async function visit(options: NonNullable<Parameters<typeof startSandbox>[0]> = {}) {
  const sandbox = await startSandbox({
    backlog: 0,
    postingsPerMinute: 0,
    autoApprove: true,
    running: false,
    now: new Date('2026-01-05T12:00:00Z'),
    ...options,
  });
  let token = '';
  const visitor = {
    sandbox,
    /** Walks the authorization and keeps the access token. */
    signIn: async () => {
      const answer = await exchange(sandbox, await authorize(sandbox));
      token = String(answer.body['access_token']);
      return answer;
    },
    /** One GraphQL operation as the signed-in person. */
    ask: (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
      send(`${sandbox.graphqlUrl}`, JSON.stringify({ query, variables }), {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...headers,
      }),
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
  return visitor;
}

/** Asks for a code and reads it from the redirect. */
export async function authorize(sandbox: Sandbox, more: Record<string, string> = {}): Promise<URLSearchParams> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.clientId,
    redirect_uri: callback,
    state: 'a-state',
    ...more,
  });
  const response = await fetch(`${sandbox.authorizeUrl}?${query}`, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? `${callback}?status=${response.status}`).searchParams;
}

export const callback = 'http://localhost:4000/oauth/upwork/callback';

export function exchange(sandbox: Sandbox, redirect: URLSearchParams, more: Record<string, string> = {}) {
  return tokenRequest(sandbox, {
    grant_type: 'authorization_code',
    code: redirect.get('code') ?? '',
    redirect_uri: callback,
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    ...more,
  });
}

export function refresh(sandbox: Sandbox, refreshToken: unknown, more: Record<string, string> = {}) {
  return tokenRequest(sandbox, {
    grant_type: 'refresh_token',
    refresh_token: String(refreshToken),
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
    ...more,
  });
}

export function tokenRequest(sandbox: Sandbox, form: Record<string, string>, headers: Record<string, string> = {}) {
  return send(sandbox.tokenUrl, new URLSearchParams(form).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  });
}

async function send(url: string, body: string, headers: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', body, headers });
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of every shape
  return { status: response.status, body: (await response.json()) as any };
}
