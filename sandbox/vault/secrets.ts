/** Everything secret that the server has seen, to tell where it strays. */
export interface Secrets {
  /** Remembers every text in a value that is long enough to be nothing else by chance. */
  learn(value: unknown): void;
  /** Whether one of them stands in a text. */
  standIn(text: string): boolean;
  /** The text with `…` in their place. */
  hide(text: string): string;
}

const shortest = 12;

/** Holds them in memory. */
export function createSecrets(): Secrets {
  const known = new Set<string>();
  const learn = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= shortest) known.add(value);
    else if (typeof value === 'object' && value !== null) for (const entry of Object.values(value)) learn(entry);
  };
  return {
    learn,
    standIn: (text) => [...known].some((secret) => text.includes(secret)),
    hide: (text) => [...known].reduce((hidden, secret) => hidden.replaceAll(secret, '…'), text),
  };
}
