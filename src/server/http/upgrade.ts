import type { IncomingMessage } from 'node:http';
import type { Hosts } from '../access/access.ts';
import { withoutBase } from './base-path.ts';
import type { RawRefusal } from './reply.ts';

/** All places are taken by who is logged in. */
export const noRoom: RawRefusal = {
  status: 503,
  code: 'SERVICE_UNAVAILABLE',
  message:
    'All places are taken. Try again later, close connections that are not needed, or raise ' +
    'PROSPECTOR_MAX_CONNECTIONS and PROSPECTOR_MAX_SOCKETS.',
};

/**
 * Whether this request may become a WebSocket: our path, a Host of ours, a page of ours where a page asks at all
 * (browsers always say which, and send their cookies to any site: T8). Who asks is found out later, from
 * `connection_init`.
 */
export function judgeUpgrade(
  { url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>,
  deps: {
    readonly base: string;
    readonly hosts: Hosts;
  },
): RawRefusal | undefined {
  const { base, hosts } = deps;
  if (!hosts.isOurs(headers.host)) return { status: 403, code: 'FORBIDDEN', message: foreignHost };
  if (withoutBase(url.replace(/\?.*$/s, ''), base) !== '/graphql')
    return { status: 404, code: 'BAD_USER_INPUT', message: `WebSockets are at ${base}/graphql.` };
  if (headers.origin !== undefined && !hosts.isOurOrigin(headers.origin, headers.host))
    return { status: 403, code: 'FORBIDDEN', message: foreignOrigin };
  return undefined;
}

/** What is told to whoever reaches us under a name we do not answer to. */
export const foreignHost =
  'Prospector does not answer under this host name. Use its public URL, or add the name to PROSPECTOR_ALLOWED_HOSTS.';
/** What is told to pages of other sites. */
export const foreignOrigin =
  'Pages of this origin may not use Prospector. Only its own may, under its public URL or a name in ' +
  'PROSPECTOR_ALLOWED_HOSTS.';
