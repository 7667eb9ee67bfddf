import type { SecretStoreError, SecretStoreHealth } from './model.ts';

/** What is known of a store's health, and who wants to know. */
export interface HealthBoard {
  current(): SecretStoreHealth;
  /** Notes what was seen; listeners hear of it when it says something else than before. Returns whether it did. */
  note(health: SecretStoreHealth): boolean;
  listen(listener: (health: SecretStoreHealth) => void): () => void;
}

/** @param first what to take for granted until something was seen; the first thing seen is told when it differs */
export function createHealthBoard(first: SecretStoreHealth): HealthBoard {
  let current = first;
  const listeners = new Set<(health: SecretStoreHealth) => void>();
  return {
    current: () => current,
    note: (health) => {
      if (keyOf(health) === keyOf(current)) return false;
      current = health;
      for (const listener of [...listeners]) listener(health);
      return true;
    },
    listen: (listener) => {
      const own = (health: SecretStoreHealth) => listener(health);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

/** A failure as a state of health: its first sentence says what is wrong, the others what to do. */
export function healthOf({ code, message }: SecretStoreError): SecretStoreHealth {
  const [problem = message, ...advice] = message.split(/(?<=\.) /);
  return {
    available: false,
    code,
    message: problem,
    nextAction: advice.join(' ') || 'Look at the log of the server.',
  };
}

const keyOf = (health: SecretStoreHealth) => (health.available ? '' : `${health.code} ${health.message}`);
