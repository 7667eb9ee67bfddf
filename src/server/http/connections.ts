import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../clock.ts';
import { type Credential, isOwner } from '../access/access.ts';
import { createPlaces, type Place } from '../places/places.ts';
import { refuseRaw } from './reply.ts';
import { noRoom } from './upgrade.ts';

/** The TCP connections of a server and the places they have. */
export interface Connections {
  /** Whether whoever has this credential may go on; the connection is then held until its requests are answered. */
  hold(socket: Socket, credential: Credential): boolean;
}

/** What places are counted with. */
interface ConnectionDeps {
  readonly limits: { readonly connections: number; readonly reservedPlaces: number };
  readonly clock: Pick<Clock, 'after'>;
  readonly nextRequestId: () => string;
}

/** How long a connection that was refused may take to read why. */
const patienceMs = 1_000;

/**
 * Gives each connection a place: those that ask nothing, or are not logged in, make room for a new one (issue 11,
 * letter I). Where all are held by who is logged in, a new one is answered 503 before it asks.
 */
export function placeConnections(server: Server, { limits, clock, nextRequestId }: ConnectionDeps): Connections {
  const places = createPlaces({ total: limits.connections, reserved: limits.reservedPlaces });
  const known = new WeakMap<Socket, { readonly place: Place; unanswered: number }>();
  server.on('connection', (socket: Socket) => {
    const place = places.take(socket.remoteAddress, () => socket.destroy());
    if (!place) {
      const cancel = clock.after(patienceMs, () => socket.destroy());
      socket.once('close', cancel);
      return refuseRaw(socket, { ...noRoom, requestId: nextRequestId() });
    }
    known.set(socket, { place, unanswered: 0 });
    socket.once('close', () => place.release());
  });
  server.on('request', ({ socket }, response) => {
    const connection = known.get(socket);
    if (!connection) return;
    connection.unanswered += 1;
    if (connection.unanswered === 1) connection.place.loosen('stranger');
    response.once('close', () => {
      connection.unanswered -= 1;
      if (connection.unanswered === 0) connection.place.loosen('idle');
    });
  });
  server.on('upgrade', ({ socket }) => known.get(socket)?.place.loosen('stranger'));
  return {
    hold: (socket, credential) => known.get(socket)?.place.hold(isOwner(credential) ? 'owner' : 'guest') ?? false,
  };
}
