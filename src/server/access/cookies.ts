import { basePathOf } from '../http/base-path.ts';

/** A cookie of ours: HttpOnly always, `Secure` where people reach us over TLS. */
export interface Cookie {
  readonly name: string;
  /** The value a browser sent, or undefined. */
  read(header: string | undefined): string | undefined;
  /** The `Set-Cookie` header that keeps `value` for `maxAgeSeconds`; 0 ends it. */
  write(value: string, maxAgeSeconds: number): string;
}

function createCookie(name: string, attributes: string): Cookie {
  return {
    name,
    read: (header) => {
      for (const pair of header?.split(';') ?? []) {
        const at = pair.indexOf('=');
        if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined;
      }
      return undefined;
    },
    write: (value, maxAgeSeconds) => `${name}=${value}; Max-Age=${Math.floor(maxAgeSeconds)}; HttpOnly; ${attributes}`,
  };
}

/**
 * The browser's session: `SameSite=Strict`, so that no other site's page can act with it (RELIABILITY §4.30). Over TLS
 * `__Host-`, or below a path of a proxy `__Secure-` with that path: what stands beside it does not receive it (RFC 6265
 * §5.1.4).
 */
export function createSessionCookie(publicUrl: string): Cookie {
  const name = `prospector_session_${portOf(publicUrl)}`;
  const base = basePathOf(publicUrl);
  if (!isSecure(publicUrl)) return createCookie(name, `SameSite=Strict; Path=${base || '/'}`);
  return base === ''
    ? createCookie(`__Host-${name}`, 'SameSite=Strict; Path=/; Secure')
    : createCookie(`__Secure-${name}`, `SameSite=Strict; Path=${base}; Secure`);
}

/** Where the platform sends the browser back to. */
export const callbackPath = '/oauth/upwork/callback';

/**
 * Binds a flow to the browser that started it (RELIABILITY F2): `SameSite=Lax`, because it has to travel on the way
 * back from Upwork.
 */
export function createFlowCookie(publicUrl: string): Cookie {
  const name = `prospector_flow_${portOf(publicUrl)}`;
  const path = `${basePathOf(publicUrl)}${callbackPath}`;
  return isSecure(publicUrl)
    ? createCookie(`__Secure-${name}`, `SameSite=Lax; Path=${path}; Secure`)
    : createCookie(name, `SameSite=Lax; Path=${path}`);
}

/** Cookies know no ports: what stands at another port of the host would get ours, and its own would replace them. */
function portOf(publicUrl: string): string {
  return new URL(publicUrl).port || (isSecure(publicUrl) ? '443' : '80');
}

function isSecure(publicUrl: string): boolean {
  return publicUrl.toLowerCase().startsWith('https:');
}
