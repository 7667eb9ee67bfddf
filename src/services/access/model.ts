/** What a token may do. ADMIN includes all, every other scope only itself. */
export const apiScopes = ['READ', 'WRITE', 'CONNECT', 'PROPOSALS_SUBMIT', 'RAW_READ', 'ADMIN'] as const;
export type ApiScope = (typeof apiScopes)[number];

export const actorKinds = ['API_TOKEN', 'DASHBOARD', 'CLI', 'SCHEDULER', 'PLATFORM'] as const;
/** Who did something. */
export interface Actor {
  readonly kind: (typeof actorKinds)[number];
  readonly name: string;
}

/** Id of the owner's own token, which the server takes from its home or its environment. It is never revoked. */
export const ownerTokenId = 'tok_owner';

/** An API token of Prospector's own, without its secret. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  /** First characters, enough to recognise it. */
  readonly prefix: string;
  readonly scopes: readonly ApiScope[];
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

/** Who is asking, found once at the door. */
export interface Viewer {
  readonly actor: Actor;
  readonly scopes: readonly ApiScope[];
  readonly apiToken: ApiToken;
  /** True when a browser's session cookie was the credential. */
  readonly browser: boolean;
}

export interface AccessService {
  /** The viewer behind `Authorization: Bearer prs_…`, or undefined for an unknown, expired or revoked token. Constant-time. */
  byToken(secret: string): Viewer | undefined;
  /** The viewer behind a session cookie's value. */
  bySession(cookie: string): Viewer | undefined;
  /** False as soon as the token behind the viewer has been revoked or has expired. */
  isStillValid(viewer: Viewer): boolean;
  /** Makes a one-time login link's secret, valid one hour, for the viewer's token. */
  createLoginLink(viewer: Viewer): { code: string; expiresAt: Date };
  /** Exchanges a one-time code or a token for a new session's cookie value; undefined when neither fits. */
  openSession(secret: string): { cookie: string; expiresAt: Date } | undefined;
  closeSession(cookie: string): void;
  tokens(includeRevoked: boolean): ApiToken[];
  createToken(input: { name: string; scopes: readonly ApiScope[]; expiresInMs?: number }): {
    apiToken: ApiToken;
    secret: string;
  };
  /** Undefined when there is no such token. */
  revokeToken(id: string): ApiToken | undefined;
}
