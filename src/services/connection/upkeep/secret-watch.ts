import type { Clock } from '../../../clock.ts';
import type { SecretStore, SecretStoreHealth } from '../../secrets/model.ts';
import { createAlarm } from '../alarm.ts';

/** How often the embedded store, which watches nothing by itself, is looked at while it does not open. */
const lookAgainMs = 5_000;

/** What is known of the secret store's health. */
export interface SecretWatch {
  health(): SecretStoreHealth;
  /** Looks, and goes on listening. */
  start(): Promise<void>;
  /** A call to the store failed: looks whether it is the store as a whole. */
  suspect(): void;
  close(): void;
}

/** @param changed called after each change of health */
export function createSecretWatch(
  secrets: Pick<SecretStore, 'kind' | 'check' | 'onHealthChange'>,
  clock: Pick<Clock, 'after'>,
  changed: () => void,
): SecretWatch {
  let health: SecretStoreHealth = { available: true };
  let stopListening = () => {};
  let closed = false;
  const note = (seen: SecretStoreHealth) => {
    if (closed) return;
    if (!seen.available && secrets.kind === 'embedded') lookAgain.set(lookAgainMs);
    if (keyOf(seen) === keyOf(health)) return;
    health = seen;
    changed();
  };
  const look = async () => note(await secrets.check());
  const lookAgain = createAlarm(clock, () => void look());
  return {
    health: () => health,
    start: async () => {
      stopListening = secrets.onHealthChange(note);
      await look();
    },
    suspect: () => void look(),
    close: () => {
      closed = true;
      stopListening();
      lookAgain.off();
    },
  };
}

const keyOf = (health: SecretStoreHealth) => (health.available ? '' : `${health.code} ${health.message}`);
