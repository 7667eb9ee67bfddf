import type { Clock } from '../../clock.ts';
import type { Credential } from './authenticate.ts';

/** Why a connection ends. */
export type Ending = 'revoked' | 'closing';

/** Everything that stays open for a caller: sockets and event streams. */
export interface LiveConnections {
  /**
   * Keeps an eye on `credential`; calls `end` once, at most 2 s after it has lost its validity or when the server
   * closes. Returns how to take it off.
   */
  add(credential: Pick<Credential, 'isStillValid'>, end: (ending: Ending) => void): () => void;
  /** Ends all that are open, and any that still come. */
  close(): void;
}

/** CONVENTIONS §8 allows 5 s from the revocation of a token to the end of its subscriptions. */
const checkMs = 2_000;

/** Starts watching. The caller closes it. */
export function startLiveConnections(clock: Pick<Clock, 'after'>): LiveConnections {
  const open = new Set<{ credential: Pick<Credential, 'isStillValid'>; end: (ending: Ending) => void }>();
  let closed = false;
  const endAll = (ending: Ending, isMeant: (credential: Pick<Credential, 'isStillValid'>) => boolean) => {
    for (const entry of [...open]) {
      if (!isMeant(entry.credential)) continue;
      open.delete(entry);
      entry.end(ending);
    }
  };
  const check = () => {
    endAll('revoked', (credential) => !isValid(credential));
    stop = clock.after(checkMs, check);
  };
  let stop = clock.after(checkMs, check);
  return {
    add: (credential, end) => {
      const entry = { credential, end };
      if (closed) end('closing');
      else open.add(entry);
      return () => open.delete(entry);
    },
    close: () => {
      closed = true;
      stop();
      endAll('closing', () => true);
    },
  };
}

/** A database that does not answer has not said that the token was revoked. */
function isValid(credential: Pick<Credential, 'isStillValid'>): boolean {
  try {
    return credential.isStillValid();
  } catch {
    return true;
  }
}
