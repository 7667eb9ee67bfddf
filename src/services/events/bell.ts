/** A doorbell inside the process: it wakes whoever waits and carries nothing (T1: payloads in a pub/sub kill the process). */
export interface Bell {
  ring(): void;
  /** Calls `wake` at every ring until the returned function is called. */
  listen(wake: () => void): () => void;
  listeners(): number;
}

/** A bell nobody listens to yet. */
export function createBell(): Bell {
  const wakes = new Set<() => void>();
  return {
    ring: () => {
      for (const wake of [...wakes]) wake();
    },
    listen: (wake) => {
      const own = () => wake();
      wakes.add(own);
      return () => wakes.delete(own);
    },
    listeners: () => wakes.size,
  };
}
