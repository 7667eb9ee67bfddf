import type { Configuration } from '../../config.ts';

/** Who we answer to: the names a browser may reach us by (RELIABILITY §4.26, T8: anything else may be DNS rebinding). */
export interface Hosts {
  /** Whether a `Host` header names us. */
  isOurs(host: string | undefined): boolean;
  /** Whether an `Origin` header is one of our pages. `null` and other sites are not. */
  isOurOrigin(origin: string): boolean;
}

/**
 * Loopback names and the address we listen on, with our port; the public URL; and PROSPECTOR_ALLOWED_HOSTS: an entry with a port must fit exactly, one
 * without fits any port (a proxy's differs from ours).
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
  const isOurs = (host: string | undefined) => {
    if (host === undefined) return false;
    const name = host.toLowerCase();
    return exact.has(name) || options.allowedHosts.includes(name.replace(/:\d+$/, ''));
  };
  return {
    isOurs,
    isOurOrigin: (origin) => {
      const match = /^https?:\/\/([^/?#@\s]+)$/i.exec(origin);
      return match !== null && isOurs(match[1]);
    },
  };
}
