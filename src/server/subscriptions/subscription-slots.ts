/** Counts the subscriptions each token has open, over all transports. */
export interface SubscriptionSlots {
  /**
   * A place for one more, given back by the returned function (any number of calls); undefined when the token has as
   * many as it may.
   */
  take(tokenId: string): (() => void) | undefined;
  /** Open ones, of all tokens. */
  taken(): number;
}

/** @param perToken how many a token may have at once (F77) */
export function createSubscriptionSlots(perToken: number): SubscriptionSlots {
  const open = new Map<string, Set<symbol>>();
  return {
    take: (tokenId) => {
      const slots = open.get(tokenId) ?? new Set();
      if (slots.size >= perToken) return undefined;
      const slot = Symbol(tokenId);
      slots.add(slot);
      open.set(tokenId, slots);
      return () => {
        slots.delete(slot);
        if (slots.size === 0 && open.get(tokenId) === slots) open.delete(tokenId);
      };
    },
    taken: () => [...open.values()].reduce((count, slots) => count + slots.size, 0),
  };
}
