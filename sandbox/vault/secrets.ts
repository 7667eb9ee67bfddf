/** Everything secret that the server has seen, to tell where it strays. */
export interface Secrets {
  /** Remembers every text in a value that is long enough to stand nowhere else by chance. */
  learn(value: unknown): void;
  /** Those that stand in a text. */
  findIn(text: string): string[];
  /** The text with `…` in their place. */
  hide(text: string): string;
}

const shortest = 12;

/** Holds them in memory by their beginning, so that looking costs by the length of a text and not by their number. */
export function createSecrets(): Secrets {
  const byBeginning = new Map<string, Set<string>>();

  function learn(value: unknown): void {
    if (typeof value === 'string' && value.length >= shortest) {
      const beginning = value.slice(0, shortest);
      byBeginning.set(beginning, (byBeginning.get(beginning) ?? new Set()).add(value));
    } else if (typeof value === 'object' && value !== null) for (const entry of Object.values(value)) learn(entry);
  }

  function findIn(text: string): string[] {
    const found = new Set<string>();
    for (let at = 0; at <= text.length - shortest; at++)
      for (const secret of byBeginning.get(text.slice(at, at + shortest)) ?? [])
        if (text.startsWith(secret, at)) found.add(secret);
    return [...found];
  }

  return { learn, findIn, hide: (text) => findIn(text).reduce((hidden, one) => hidden.replaceAll(one, '…'), text) };
}
