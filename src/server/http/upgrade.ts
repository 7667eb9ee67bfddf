import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Hosts } from '../access/hosts.ts';
import type { Limits } from '../limits.ts';
import { withoutBase } from './base-path.ts';

/** Why a connection may not become a WebSocket. */
export interface UpgradeRefusal {
  readonly status: number;
  readonly message: string;
}

/**
 * Whether this request may become a WebSocket: our path, a Host of ours, a page of ours where a page asks at all (browsers always say which, and
 * send their cookies to any site: T8), and room for one more. Who asks is found out later, from `connection_init`.
 */
export function judgeUpgrade(
  { url = '', headers, socket }: IncomingMessage,
  deps: {
    readonly base: string;
    readonly hosts: Hosts;
    readonly limits: Pick<Limits, 'sockets' | 'reservedSockets'>;
    readonly openSockets: number;
  },
): UpgradeRefusal | undefined {
  const { base, hosts, limits, openSockets } = deps;
  if (!hosts.isOurs(headers.host)) return { status: 403, message: foreignHost };
  if (withoutBase(url.replace(/\?.*$/s, ''), base) !== '/graphql')
    return { status: 404, message: `WebSockets are at ${base}/graphql.` };
  if (headers.origin !== undefined && !hosts.isOurOrigin(headers.origin, headers.host))
    return { status: 403, message: foreignOrigin };
  const room = isThisMachine(socket.remoteAddress) ? limits.sockets : limits.sockets - limits.reservedSockets;
  if (openSockets >= room) return { status: 503, message: 'All WebSockets are taken. Try again later.' };
  return undefined;
}

/** What is told to whoever reaches us under a name we do not answer to. */
export const foreignHost =
  'Prospector does not answer under this host name. Use its public URL, or add the name to PROSPECTOR_ALLOWED_HOSTS.';
/** What is told to pages of other sites. */
export const foreignOrigin =
  'Pages of this origin may not use Prospector. Only its own may, under its public URL or a name in PROSPECTOR_ALLOWED_HOSTS.';

/** Answers an upgrade with plain HTTP and ends the connection. */
export function refuseUpgrade(socket: Duplex, { status, message }: UpgradeRefusal): void {
  const body = `${message}\n`;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: text/plain; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...(status === 503 ? ['retry-after: 5'] : []),
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function isThisMachine(address: string | undefined): boolean {
  return address !== undefined && /^(?:::ffff:)?127\.|^::1$/.test(address);
}
