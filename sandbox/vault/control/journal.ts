/** One request, without anything secret. */
export interface JournalEntry {
  /** By the server's clock, ISO 8601. */
  at: string;
  /** Real milliseconds since the double started, for rates. */
  elapsedMs: number;
  method: string;
  /** Without `/v1/`; a secret in it is shown as `…`. */
  path: string;
  /** Names of the query's parameters. */
  query: string[];
  namespace: string | null;
  /** Accessor of the token that was sent; null: none, or none that is alive. */
  accessor: string | null;
  /** Null: never answered. */
  status: number | null;
  fault: string | null;
  /** First text of the errors. */
  error: string | null;
  /** Where a secret stood that is no place for one: `path`, `query`, or a header's name. */
  strays: string[];
}

/** What was asked. */
export interface Journal {
  add(entry: JournalEntry): JournalEntry;
  list(): JournalEntry[];
  clear(): void;
}

const entriesAtMost = 50_000;

/** Keeps the latest requests in memory. */
export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  return {
    add: (entry) => {
      entries.push(entry);
      if (entries.length > entriesAtMost) entries.shift();
      return entry;
    },
    list: () => structuredClone(entries),
    clear: () => void entries.splice(0),
  };
}

/** Most requests within any one real second, of those whose path fits. */
export function peakPerSecond(entries: readonly JournalEntry[], fits: (path: string) => boolean = () => true): number {
  const times = entries.filter(({ path }) => fits(path)).map(({ elapsedMs }) => elapsedMs);
  let first = 0;
  let peak = 0;
  for (const [index, time] of times.entries()) {
    while (time - (times[first] ?? time) >= 1000) first += 1;
    peak = Math.max(peak, index - first + 1);
  }
  return peak;
}
