import type { WebSocket as ProtocolSocket } from 'graphql-ws';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Limits } from '../limits.ts';

/** WebSocket's word for "come back later" (RFC 6455's registry): load, never a fault of the protocol. */
export const tryAgainLater = 1013;

/** How long a client may take to answer that its socket closes. */
export const closingPatienceMs = 2_000;

/**
 * How often a socket is asked whether it is still there; one that has not answered by the next time is gone, unless it
 * only reads slowly.
 */
const pingMs = 12_000;

/** How long a client that did not read has to begin again, and so to learn why its socket ends. */
const slowPatienceMs = 15_000;

/** What a socket is watched with. */
export interface PortDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly limits: Pick<Limits, 'bufferedBytes' | 'stallMs'>;
  readonly log: Log;
}

/**
 * One socket as graphql-ws wants it. Instead of the library's own adapter, because this one bounds what waits for a
 * client that does not read: over `bufferedBytes`, or after `stallMs`, the socket ends with 1013 (F74). Messages that
 * fit no rule of the protocol end it with 4400.
 */
export function createPort(socket: WebSocket, { clock, limits, log }: PortDeps): ProtocolSocket {
  const isOpen = () => socket.readyState === socket.OPEN;
  const isFull = () => socket.bufferedAmount > limits.bufferedBytes;
  const endSlow = () => {
    log.debug({ reason: 'slow' }, 'A WebSocket that does not read is ended');
    closeSocket(socket, clock, tryAgainLater, 'Too slow: come back with the last cursor', slowPatienceMs);
  };

  socket.on('error', (error) => log.debug({ err: error }, 'A WebSocket failed'));
  socket.on('ping', (payload: Buffer) => {
    if (isOpen() && isFull()) endSlow();
    else if (isOpen()) socket.pong(payload);
  });
  socket.once('close', startPinging(socket, clock));

  return {
    protocol: socket.protocol,
    send: (message) => {
      if (!isOpen()) return;
      if (isFull()) return endSlow();
      const cancel = clock.after(limits.stallMs, endSlow);
      return new Promise<void>((resolve) => {
        socket.send(message, () => {
          cancel();
          resolve();
        });
      });
    },
    close: (code, reason) => closeSocket(socket, clock, code ?? 1000, reason ?? ''),
    onMessage: (take) => {
      socket.on('message', (message) => {
        if (!isOpen()) return;
        take(String(message)).catch((error: unknown) => {
          log.debug({ err: error }, 'A WebSocket message was not understood');
          closeSocket(socket, clock, CloseCode.BadRequest, 'Invalid message received');
        });
      });
    },
  };
}

/** Says why, and lets go of a client that does not answer within `patienceMs`. */
export function closeSocket(
  socket: WebSocket,
  clock: Pick<Clock, 'after'>,
  code: number,
  reason: string,
  patienceMs = closingPatienceMs,
): void {
  if (socket.readyState === socket.CLOSED || socket.readyState === socket.CLOSING) return;
  socket.close(code, reason);
  const cancel = clock.after(patienceMs, () => socket.terminate());
  socket.once('close', cancel);
}

function startPinging(socket: WebSocket, clock: Pick<Clock, 'after'>): () => void {
  let answered = true;
  let stop = () => {};
  const next = () => {
    stop = clock.after(pingMs, () => {
      if (!answered && socket.bufferedAmount === 0) return socket.terminate();
      answered = false;
      socket.ping();
      next();
    });
  };
  socket.on('pong', () => {
    answered = true;
  });
  next();
  return () => stop();
}
