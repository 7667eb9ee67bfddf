import { type AccessService, ownerTokenId, type Viewer } from '../../services/access/model.ts';
import type { Cookie } from './cookies.ts';

/** Who asks, and whether that still holds. */
export interface Credential {
  readonly viewer: Viewer;
  /** False as soon as the token was revoked or has expired, or its browser has logged out. */
  isStillValid(): boolean;
}

/** Whether it is the owner's own token, or a browser that logged in with it. */
export function isOwner({ viewer }: Pick<Credential, 'viewer'>): boolean {
  return viewer.apiToken.id === ownerTokenId;
}

/**
 * What a caller may show: the `Authorization` value of a header or of a WebSocket's `connection_init`, the `Cookie`
 * header.
 */
export interface Shown {
  readonly authorization?: unknown;
  readonly cookie?: string | undefined;
}

/** Finds out who asks. Undefined: nobody we know. */
export type Authenticate = (shown: Shown) => Credential | undefined;

/**
 * The one function that decides who asks, over HTTP and WebSocket alike. A bearer token that is shown decides alone:
 * one that is wrong is not made good by a cookie.
 */
export function createAuthenticate(access: AccessService, session: Cookie): Authenticate {
  return ({ authorization, cookie }) => {
    if (authorization !== undefined) {
      const token = typeof authorization === 'string' ? /^Bearer +(\S+)$/i.exec(authorization)?.[1] : undefined;
      const viewer = token === undefined ? undefined : access.byToken(token);
      return viewer && { viewer, isStillValid: () => access.isStillValid(viewer) };
    }
    const value = session.read(cookie);
    const viewer = value === undefined ? undefined : access.bySession(value);
    return value !== undefined && viewer
      ? { viewer, isStillValid: () => access.bySession(value) !== undefined }
      : undefined;
  };
}
