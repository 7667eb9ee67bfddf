import type { Target } from './faults.ts';

/** A request as it is remembered: never a token, a code or a secret. */
export interface JournalEntry {
  /** World time, ISO 8601. */
  at: string;
  target: Target;
  method: string;
  path: string;
  /** Operation name, or grant type. */
  operation: string | null;
  /** Root fields of a GraphQL operation. */
  fields: string[];
  variables: Record<string, unknown>;
  /** The tenant header. */
  tenant: string | null;
  /** Null while it is not answered, and for good when the connection was cut. */
  status: number | null;
  /** The kind of the fault that struck. */
  fault: string | null;
  /** First error code or message of the answer. */
  error: string | null;
}

/** What was asked, in order. */
export interface Journal {
  /** Remembers a request the moment it arrives; the entry may be completed later. */
  add(entry: JournalEntry): JournalEntry;
  list(): JournalEntry[];
  /** How often each target, `token.<grant>` and `graphql.<root field>` was asked since the last reset. */
  counters(): Record<string, number>;
  clear(): void;
}

const entriesAtMost = 10_000;

/** An empty journal. */
export function createJournal(): Journal {
  const entries: JournalEntry[] = [];
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    add: (entry) => {
      entries.push(entry);
      if (entries.length > entriesAtMost) entries.shift();
      count(entry.target);
      if (entry.target === 'token') count(`token.${entry.operation ?? 'unknown'}`);
      for (const field of entry.fields) count(`${entry.target}.${field}`);
      return entry;
    },
    list: () => entries.map((entry) => ({ ...entry })),
    counters: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    clear: () => {
      entries.splice(0);
      counts.clear();
    },
  };
}
