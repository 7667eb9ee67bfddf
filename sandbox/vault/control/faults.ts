/** Something that goes wrong with a request. README.md explains each kind. */
export interface Fault {
  kind: (typeof faultKinds)[number];
  /** Path without `/v1/`; a `*` at the end fits any rest. Absent: any path. */
  path?: string;
  /** HTTP method. Absent: any. */
  method?: string;
  /** How often it strikes; 1 when absent. */
  times?: number;
  /** How many fitting requests it lets pass first. */
  skip?: number;
  status?: number;
  /** Sent as it is when a text, else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** `slow`: before the answer; `drip`: between bytes. */
  delayMs?: number;
  /** `redirect`: where to, path and query appended. */
  location?: string;
  /** `truncate`: bytes of the body that still go out; half when absent. */
  bytes?: number;
  /** `truncate`: false announces only what is sent and ends properly. */
  announce?: boolean;
}

/** All kinds. */
export const faultKinds = ['status', 'slow', 'drip', 'hang', 'reset', 'reset-after', 'truncate', 'redirect'] as const;

/** The queue of faults that wait for a request. */
export interface Faults {
  /** Appends one. Throws on an unknown kind and where something needed is missing. */
  add(fault: Fault): void;
  /** The first that fits, if any; it is used up by `times`. */
  take(method: string, path: string): Fault | undefined;
  list(): Fault[];
  clear(): void;
}

/** Holds faults in memory. */
export function createFaults(): Faults {
  const waiting: (Fault & { times: number; skip: number })[] = [];
  return {
    add: (fault) => {
      if (!faultKinds.includes(fault.kind)) throw new Error(`kind is one of ${faultKinds.join(', ')}.`);
      if (fault.kind === 'redirect' && fault.location === undefined) throw new Error('redirect needs a location.');
      if (fault.kind === 'status' && fault.status === undefined) throw new Error('status needs a status.');
      waiting.push({ ...fault, times: fault.times ?? 1, skip: fault.skip ?? 0 });
    },
    take: (method, path) => {
      const found = waiting.find((fault) => {
        if (!fits(fault, method, path)) return false;
        if (fault.skip === 0) return true;
        fault.skip -= 1;
        return false;
      });
      if (!found) return undefined;
      found.times -= 1;
      if (found.times <= 0) waiting.splice(waiting.indexOf(found), 1);
      return found;
    },
    list: () => structuredClone(waiting),
    clear: () => void waiting.splice(0),
  };
}

function fits(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  return fault.path.endsWith('*') ? path.startsWith(fault.path.slice(0, -1)) : path === fault.path;
}
