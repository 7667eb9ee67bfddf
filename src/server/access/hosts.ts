import type { Configuration } from '../../config.ts';

/**
 * Who we answer to: the names a browser may reach us by (RELIABILITY §4.26, T8: anything else may be DNS rebinding).
 */
export interface Hosts {
  /** Whether a `Host` header names us. */
  isOurs(host: string | undefined): boolean;
  /**
   * Whether an `Origin` header is one of our pages: scheme, host and port (RFC 6454 §4) of the public URL, or of the
   * address that the request itself was sent to. `null` and other sites are not, nor is another port of the same host.
   */
  isOurOrigin(origin: string, host: string | undefined): boolean;
}

/**
 * Loopback names and the address we listen on, with our port; the public URL; and PROSPECTOR_ALLOWED_HOSTS: an entry
 * with a port must fit exactly, one without fits any port (a proxy's differs from ours).
 */
export function createHosts(options: {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly allowedHosts: Configuration['allowedHosts'];
}): Hosts {
  const listening = options.host.includes(':') ? `[${options.host}]` : options.host;
  const local = ['localhost', '127.0.0.1', '[::1]', listening.toLowerCase()].flatMap((name) => [
    `${name}:${options.port}`,
    ...(options.port === 80 ? [name] : []),
  ]);
  const exact = new Set([...local, new URL(options.publicUrl).host.toLowerCase(), ...options.allowedHosts]);
  const publicOrigin = originOf(options.publicUrl);
  const publicHost = new URL(options.publicUrl).host.toLowerCase();
  const isOurs = (host: string | undefined) => {
    if (host === undefined) return false;
    const name = host.toLowerCase();
    return exact.has(name) || options.allowedHosts.includes(name.replace(/:\d+$/, ''));
  };
  return {
    isOurs,
    isOurOrigin: (origin, host) => {
      const asked = originOf(origin);
      if (asked === undefined) return false;
      if (asked === publicOrigin) return true;
      // The same name as the request's own Host; which scheme led there a proxy alone knows.
      if (host?.toLowerCase() === publicHost) return false;
      return isOurs(host) && [`http://${host}`, `https://${host}`].some((own) => originOf(own) === asked);
    },
  };
}

/** Scheme, host and port as RFC 6454 §6.2 writes them; undefined for anything else, an address with a path included. */
function originOf(text: string): string | undefined {
  if (!/^https?:\/\/[^/?#@\s]+/i.test(text) || !URL.canParse(text)) return undefined;
  const { origin } = new URL(text);
  return origin;
}
