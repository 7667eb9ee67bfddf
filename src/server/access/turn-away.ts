import type { Exchange } from '../http/exchange.ts';
import { refuse, refuseStranger } from '../http/reply.ts';
import type { Cookie } from './cookies.ts';
import type { Guesses } from './guesses.ts';

/**
 * Refuses a request of nobody we know, more shortly once its address or its token's prefix has been wrong too often.
 */
export type TurnAway = (exchange: Exchange) => Promise<void>;

/** How strangers are turned away over HTTP. Call it only where the credential was looked at and is none. */
export function createTurnAway({
  guesses,
  session,
}: {
  readonly guesses: Guesses;
  readonly session: Cookie;
}): TurnAway {
  return async (exchange) => {
    const { headers, socket } = exchange.req;
    const secret = headers.authorization?.replace(/^Bearer +/i, '') ?? session.read(headers.cookie);
    const seconds = secret === undefined ? 0 : await guesses.countWrong(socket.remoteAddress, secret);
    if (seconds > 0) refuseGuess(exchange, seconds);
    else refuseStranger(exchange);
  };
}

/**
 * Says that what was shown is wrong, as others before it, and cuts the connection, so that the next guess has to make
 * one.
 */
export function refuseGuess(exchange: Exchange, seconds: number): void {
  refuse(
    exchange,
    'RATE_LIMITED',
    'This is not valid, and too many others before it were not. Wrong ones are answered again in ' +
      `${seconds} s; a right one always gets in.`,
    { headers: { 'retry-after': String(seconds), connection: 'close' } },
  );
}
