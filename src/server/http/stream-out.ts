import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import type { Limits } from '../limits.ts';

/** What a reply is written with. */
export interface StreamDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly limits: Pick<Limits, 'stallMs'>;
}

/**
 * Writes one piece and waits until the client has room for more. Nothing piles up: whoever produces the pieces waits
 * too. A client that takes nothing for `stallMs` loses its connection (F74).
 * @returns false once the connection is gone
 */
export async function writeOut(
  res: ServerResponse,
  piece: string | Uint8Array,
  { clock, limits }: StreamDeps,
): Promise<boolean> {
  if (res.destroyed || res.writableEnded) return false;
  if (res.write(piece)) return true;
  const cancel = clock.after(limits.stallMs, () => res.destroy());
  const waiting = new AbortController();
  const { signal } = waiting;
  const until = (event: string) => once(res, event, { signal }).catch(() => undefined);
  await Promise.race([until('drain'), until('close')]);
  waiting.abort();
  cancel();
  return !res.destroyed;
}

/** Sends a reply that graphql-yoga made, piece by piece. Its source is told when the client has gone. */
export async function sendResponse(res: ServerResponse, response: Response, deps: StreamDeps): Promise<void> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  res.writeHead(response.status, { ...Object.fromEntries(response.headers), ...(isStream && { connection: 'close' }) });
  if (response.body) {
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      if (!(await writeOut(res, piece, deps))) return;
    }
  }
  res.end();
}
