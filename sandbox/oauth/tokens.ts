import { createHash, randomBytes } from 'node:crypto';
import type { WorldClock } from '../clock.ts';
import type { Settings } from '../settings.ts';

/** What the consent page hands out; good for one exchange. */
export interface CodeGrant {
  account: string;
  redirectUri: string;
  /** S256 challenge, when the client sent one. */
  challenge: string | undefined;
}

/** The answer to a successful token request (FACTS §2.3). */
export interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  token_type: 'Bearer';
  expires_in: number;
}

/** Codes, access tokens and refresh tokens, alive by the clock of the world. */
export interface Tokens {
  /** A fresh authorization code, five minutes good. */
  issueCode(grant: CodeGrant): string;
  /** Exchanges a code; undefined when it is unknown, used, late, or the redirect URI or the verifier is not the same. */
  exchange(code: string, redirectUri: string, verifier: string | undefined): TokenAnswer | undefined;
  /** Exchanges a refresh token; undefined when it is expired, revoked or unknown. */
  refresh(token: string): TokenAnswer | undefined;
  /** Which account an access token speaks for; undefined when it is dead. */
  whose(accessToken: string): string | undefined;
  /** Ends the family of an access or refresh token, as the revocation endpoint does. */
  revoke(token: string): void;
  /** Ends everything: the person revoked the app, or the scopes of the key changed. */
  revokeAll(): void;
  /** Ends access tokens only. */
  expireAccess(): void;
}

interface Issued {
  account: string;
  family: string;
  expiresAt: number;
  /** Set once another token came of it. */
  spent: boolean;
}

const codeLifeMs = 300_000;
const tailMs = 86_400_000;

/** An empty token store. */
export function createTokens(clock: WorldClock, settings: Settings): Tokens {
  const codes = new Map<string, CodeGrant & { expiresAt: number; family: string | undefined }>();
  const access = new Map<string, Issued>();
  const refresh = new Map<string, Issued>();
  const secret = (prefix: string) => `${prefix}${randomBytes(24).toString('hex')}`;

  function issue(account: string, family: string, withRefresh: boolean): TokenAnswer {
    const now = clock.now();
    const accessToken = secret('oauth2v2_');
    access.set(accessToken, { account, family, spent: false, expiresAt: now + settings.accessTokenSeconds * 1000 });
    const answer: TokenAnswer = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: settings.accessTokenSeconds,
    };
    if (!withRefresh) return answer;
    const refreshToken = secret('oauth2v2_');
    refresh.set(refreshToken, { account, family, spent: false, expiresAt: now + settings.refreshIdleSeconds * 1000 });
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: answer.expires_in,
    };
  }

  function endFamily(family: string): void {
    for (const store of [access, refresh])
      for (const [token, issued] of store) if (issued.family === family) store.delete(token);
  }

  return {
    issueCode: (grant) => {
      const code = randomBytes(20).toString('hex');
      codes.set(code, { ...grant, expiresAt: clock.now() + codeLifeMs, family: undefined });
      return code;
    },
    exchange: (code, redirectUri, verifier) => {
      const grant = codes.get(code);
      if (!grant) return undefined;
      if (grant.family !== undefined) {
        if (settings.codeReuseRevokes) endFamily(grant.family);
        return undefined;
      }
      if (grant.expiresAt <= clock.now() || grant.redirectUri !== redirectUri) return undefined;
      if (grant.challenge !== undefined && (verifier === undefined || challengeOf(verifier) !== grant.challenge))
        return undefined;
      grant.family = secret('family_');
      return issue(grant.account, grant.family, true);
    },
    refresh: (token) => {
      const issued = refresh.get(token);
      if (!issued || issued.expiresAt <= clock.now()) return undefined;
      if (settings.rotation === 'none') {
        issued.expiresAt = clock.now() + settings.refreshIdleSeconds * 1000;
        return issue(issued.account, issued.family, false);
      }
      if (settings.rotation === 'strict') {
        if (issued.spent) {
          endFamily(issued.family);
          return undefined;
        }
      } else issued.expiresAt = Math.min(issued.expiresAt, clock.now() + tailMs);
      issued.spent = true;
      return issue(issued.account, issued.family, true);
    },
    whose: (accessToken) => {
      const issued = access.get(accessToken);
      return issued && issued.expiresAt > clock.now() ? issued.account : undefined;
    },
    revoke: (token) => {
      const issued = access.get(token) ?? refresh.get(token);
      if (issued) endFamily(issued.family);
    },
    revokeAll: () => {
      access.clear();
      refresh.clear();
      codes.clear();
    },
    expireAccess: () => access.clear(),
  };
}

/** RFC 7636 §4.2, method S256. */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
