import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client';
import type { Clock } from '../../../clock.ts';
import type { Fetch } from '../../../network.ts';
import type { Credentials, TokenGrant, UpworkOAuth } from '../model.ts';
import { readHttpDate } from '../transport/retry-after.ts';
import { oauthFailureOf } from './oauth-failure.ts';
import { createTokenTransport, readRecord, type TokenTransport } from './token-transport.ts';

/** What the OAuth adapter needs. */
export interface UpworkOAuthDeps {
  readonly fetch: Fetch;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly authorizeUrl: string;
  /** Plain http is used on loopback alone. */
  readonly tokenUrl: string;
  /** Off: for keys that turn out to refuse it (FACTS §2.2). */
  readonly pkce: boolean;
  readonly userAgent: string;
}

const hour = 3_600_000;
const livesMs = { least: 60_000, most: 30 * 24 * hour, unknown: hour };

/** Upwork's OAuth endpoints through openid-client: credentials in the body (FACTS §2.3), state of 256 bit, one request a call, 20 s. */
export function createUpworkOAuth(deps: UpworkOAuthDeps): UpworkOAuth {
  const { authorizeUrl, tokenUrl, pkce, userAgent } = deps;
  const configure = (clientId: string, clientSecret?: string, transport?: TokenTransport) => {
    const server = {
      // Compared with `iss` where a callback brings one (RFC 9207).
      issuer: new URL(authorizeUrl).origin,
      authorization_endpoint: authorizeUrl,
      token_endpoint: tokenUrl,
      revocation_endpoint: `${tokenUrl}/revoke`,
    };
    const configuration = new Configuration(server, clientId, undefined, ClientSecretPost(clientSecret));
    if (isLoopback(new URL(tokenUrl))) allowInsecureRequests(configuration);
    if (transport) configuration[customFetch] = transport.fetch;
    return configuration;
  };
  const ask = async (
    { clientId, clientSecret }: Credentials,
    request: (configuration: Configuration) => Promise<{ access_token: string; refresh_token?: string }>,
    redirectUri?: string,
  ): Promise<TokenGrant> => {
    const transport = createTokenTransport(deps, userAgent, redirectUri);
    try {
      return grantOf(await request(configure(clientId, clientSecret, transport)), transport);
    } catch (error) {
      throw oauthFailureOf(error, transport, deps.clock.now());
    }
  };

  return {
    authorizationRequest: async ({ clientId, redirectUri }) => {
      const state = randomState();
      const codeVerifier = pkce ? randomPKCECodeVerifier() : undefined;
      const url = buildAuthorizationUrl(configure(clientId), {
        redirect_uri: redirectUri,
        state,
        ...(codeVerifier !== undefined && {
          code_challenge: await calculatePKCECodeChallenge(codeVerifier),
          code_challenge_method: 'S256',
        }),
      });
      return { url: url.href, state, ...(codeVerifier !== undefined && { codeVerifier }) };
    },
    exchange: async ({ credentials, callback, redirectUri, state, codeVerifier }) => {
      const url = new URL(redirectUri);
      url.search = callback.toString();
      const checks = { expectedState: state, ...(codeVerifier !== undefined && { pkceCodeVerifier: codeVerifier }) };
      return ask(credentials, (configuration) => authorizationCodeGrant(configuration, url, checks), redirectUri);
    },
    refresh: (credentials, refreshToken) =>
      ask(credentials, (configuration) => refreshTokenGrant(configuration, refreshToken)),
    revoke: async ({ clientId, clientSecret }, token) => {
      const transport = createTokenTransport(deps, userAgent);
      try {
        await tokenRevocation(configure(clientId, clientSecret, transport), token);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function grantOf(grant: { access_token: string; refresh_token?: string }, transport: TokenTransport): TokenGrant {
  const answer = transport.answer();
  const serverDate = readHttpDate(answer?.headers.get('date') ?? '');
  return {
    accessToken: grant.access_token,
    ...(grant.refresh_token !== undefined && { refreshToken: grant.refresh_token }),
    expiresInMs: lifeOf(readRecord(answer?.body ?? '')?.['expires_in']),
    ...(serverDate && { serverDate }),
  };
}

/** Life in milliseconds within [60 s, 30 d], one hour where it is not a number (F19). */
function lifeOf(expiresIn: unknown): number {
  const seconds = typeof expiresIn === 'string' && expiresIn.trim() !== '' ? Number(expiresIn) : expiresIn;
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return livesMs.unknown;
  return Math.min(livesMs.most, Math.max(livesMs.least, seconds * 1_000));
}
