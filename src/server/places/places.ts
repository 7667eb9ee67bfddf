import { networkOf } from '../access/access.ts';

/** Who uses a place: nobody yet, somebody who has not logged in, another token than the owner's, the owner. */
export type PlaceUse = 'idle' | 'stranger' | 'guest' | 'owner';

/** One of a bounded number of places, for a connection or a WebSocket. */
export interface Place {
  /**
   * Gives it to somebody who is logged in: it is not taken away any more. False, and nothing changes, when the places
   * that are left are the owner's.
   */
  hold(by: 'guest' | 'owner'): boolean;
  /** Nobody known holds it from now on: it may be taken away for another. */
  loosen(to: 'idle' | 'stranger'): void;
  /** Gives it back. Any number of calls. */
  release(): void;
}

/** Places of one kind. */
export interface Places {
  /**
   * A place for who comes from `address`, if need be that of another who is not logged in, whose `leave` is called.
   * Undefined when all are held by somebody who is.
   */
  take(address: string | undefined, leave: () => void): Place | undefined;
}

/** What is known of a taken place. */
export interface TakenPlace {
  /** Whose the address is, as guesses count it: a customer of IPv6 has one. */
  readonly network: string;
  readonly use: PlaceUse;
}

/**
 * @param limits.total places at once
 * @param limits.reserved how many of them no other token than the owner's ever holds
 */
export function createPlaces({ total, reserved }: { readonly total: number; readonly reserved: number }): Places {
  const taken = new Set<{ network: string; use: PlaceUse; leave: () => void }>();
  let guests = 0;
  return {
    take: (address, leave) => {
      if (taken.size >= total) {
        const first = firstToGo(taken);
        if (!first) return undefined;
        taken.delete(first);
        first.leave();
      }
      const place = { network: networkOf(address), use: 'idle' as PlaceUse, leave };
      taken.add(place);
      const use = (next: PlaceUse) => {
        if (!taken.has(place)) return;
        guests += Number(next === 'guest') - Number(place.use === 'guest');
        place.use = next;
      };
      return {
        hold: (by) => {
          if (by === 'guest' && place.use !== 'guest' && guests >= total - reserved) return false;
          use(by);
          return true;
        },
        loosen: use,
        release: () => {
          use('idle');
          taken.delete(place);
        },
      };
    },
  };
}

/**
 * Whose place is taken away for somebody new (issue 11, letter I): of those who are not logged in, the address that has
 * most places loses one, an idle one before one that is asked something, the oldest first.
 * @param taken in the order they were taken
 */
export function firstToGo<Taken extends TakenPlace>(taken: Iterable<Taken>): Taken | undefined {
  const loose = [...taken].filter(({ use }) => use === 'idle' || use === 'stranger');
  const counts = new Map<string, number>();
  for (const { network } of loose) counts.set(network, (counts.get(network) ?? 0) + 1);
  const weight = ({ network, use }: Taken) => 2 * (counts.get(network) ?? 0) + Number(use === 'idle');
  return loose.reduce<Taken | undefined>(
    (first, place) => (first === undefined || weight(place) > weight(first) ? place : first),
    undefined,
  );
}
