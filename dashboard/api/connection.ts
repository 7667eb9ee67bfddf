import { useSyncExternalStore } from 'react';

/** Whether the WebSocket to Prospector is open. */
export type Connection = ReturnType<typeof createConnection>;

/** Starts as connected, so that nothing is said of trouble before there is any. */
export function createConnection() {
  let isOpen = true;
  const listeners = new Set<() => void>();
  return {
    isOpen: () => isOpen,
    set: (open: boolean) => {
      isOpen = open;
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The same for a component, which is drawn anew when it changes. */
export function useIsOpen(connection: Connection): boolean {
  return useSyncExternalStore(connection.subscribe, connection.isOpen);
}
