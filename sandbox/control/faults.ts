import type { Reply } from '../reply.ts';

/** Where a fault strikes. */
export type Target = 'token' | 'graphql' | 'authorize';

/** Something that goes wrong, once or several times. README.md explains each kind. */
export interface Fault {
  target: Target;
  /** Operation name or root field; for `token` the grant type. Absent: any. */
  operation?: string;
  /** How often it strikes; 1 when absent. */
  times?: number;
  /** How many fitting requests it lets pass first. */
  skip?: number;
  kind: (typeof faultKinds)[number];
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  /** `retry-after`: the header's value as it is sent, null for none. */
  value?: string | null;
  delayMs?: number;
  message?: string;
  classification?: string;
  count?: number;
  field?: string;
  /** `truncate`: announce the full length and drop the connection. */
  drop?: boolean;
}

/** Kinds that spoil the real answer to a GraphQL request. */
const spoilingKinds = [
  'null-edges',
  'repeat-cursor',
  'empty-page',
  'partial',
  'null-list',
  'rename-list',
  'null-root',
  'payload-error',
  'partial-root',
] as const;

/** All kinds. */
export const faultKinds = [
  'status',
  'retry-after',
  'html',
  'challenge',
  'timeout',
  'reset',
  'reset-after',
  'truncate',
  'slow',
  'graphql-error',
  ...spoilingKinds,
] as const;

/** The queue of faults that wait for a request. */
export interface Faults {
  /** Appends one. Throws on an unknown kind or target. */
  add(fault: Fault): void;
  /** The first one that fits a request, if any; it is used up by `times`. */
  take(target: Target, names: readonly (string | undefined)[]): Fault | undefined;
  /** What still waits. */
  list(): Fault[];
  clear(): void;
}

/** An empty queue. */
export function createFaults(): Faults {
  const queue: Fault[] = [];
  return {
    add: (fault) => {
      if (!faultKinds.includes(fault.kind))
        throw new Error(`There is no fault ${fault.kind}. There are: ${faultKinds.join(', ')}.`);
      if (!['token', 'graphql', 'authorize'].includes(fault.target))
        throw new Error('target is token, graphql or authorize.');
      queue.push({ ...fault });
    },
    take: (target, names) => {
      const fault = queue.find(
        (entry) => entry.target === target && (entry.operation === undefined || names.includes(entry.operation)),
      );
      if (!fault) return undefined;
      if (fault.skip) {
        fault.skip -= 1;
        return undefined;
      }
      fault.times = (fault.times ?? 1) - 1;
      if (fault.times <= 0) queue.splice(queue.indexOf(fault), 1);
      return fault;
    },
    list: () => queue.map((fault) => ({ ...fault })),
    clear: () => void queue.splice(0),
  };
}

/** The answer a fault gives instead of the real one, which is then never made; undefined for faults that need the real one or the socket. */
export function replyInstead(fault: Fault): Reply | undefined {
  const plain = (status: number, body: string, type = 'text/plain', headers: Record<string, string> = {}): Reply => ({
    status,
    headers: { 'content-type': type, ...headers },
    body,
  });
  switch (fault.kind) {
    case 'status':
      return plain(fault.status ?? 500, fault.body ?? '', 'text/plain', fault.headers);
    case 'retry-after':
      return plain(
        fault.status ?? 429,
        fault.body ?? 'Too Many Requests',
        'text/plain',
        fault.value == null ? {} : { 'retry-after': fault.value },
      );
    case 'html':
      return plain(
        fault.status ?? 502,
        fault.body ?? '<html><body><h1>502 Bad Gateway</h1></body></html>',
        'text/html',
      );
    case 'challenge':
      return plain(
        fault.status ?? 403,
        '<!DOCTYPE html><html><title>Just a moment...</title><body>Enable JavaScript and cookies to continue</body></html>',
        'text/html',
        {
          server: 'cloudflare',
        },
      );
    case 'graphql-error': {
      const error = {
        message: fault.message ?? 'Transform timeout',
        extensions: { classification: fault.classification ?? 'DataFetchingException' },
      };
      return plain(200, JSON.stringify({ errors: [error], data: null }), 'application/json');
    }
    default:
      return undefined;
  }
}

interface Connection {
  edges: unknown[];
  pageInfo?: { endCursor?: string | null; hasNextPage?: boolean | null };
}

const spoiling: ReadonlySet<string> = new Set(spoilingKinds);

function rootError(name: string, fault: Fault) {
  return {
    message: fault.message ?? 'Exception occurred',
    path: [name],
    extensions: { classification: fault.classification ?? 'DataFetchingException' },
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Spoils the real answer to a GraphQL request. `after` is the cursor the client sent. */
export function spoil(reply: Reply, fault: Fault, after: string | undefined): Reply {
  if (fault.kind === 'truncate') return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
  if (!spoiling.has(fault.kind)) return reply;
  const answer = JSON.parse(reply.body) as { data?: Record<string, unknown> | null; errors?: unknown[] };
  const errors = [...(answer.errors ?? [])];
  for (const [name, value] of Object.entries(answer.data ?? {})) {
    if (isConnection(value)) errors.push(...spoilConnection(name, value, fault, after));
    // What was asked for has been done by now, whatever the answer says.
    if (fault.kind === 'null-root' && answer.data) {
      answer.data[name] = null;
      errors.push(rootError(name, fault));
    }
    if (fault.kind === 'partial-root' && nullField(value, fault.field ?? ''))
      errors.push({ ...rootError(name, fault), path: [name, fault.field ?? ''] });
    if (fault.kind === 'payload-error' && isObject(value)) value['error'] = fault.message ?? 'UNEXPECTED_ERROR';
  }
  return { ...reply, body: JSON.stringify({ ...(errors.length > 0 ? { errors } : {}), data: answer.data }) };
}

function isConnection(value: unknown): value is Connection {
  return typeof value === 'object' && value !== null && Array.isArray((value as { edges?: unknown }).edges);
}

function spoilConnection(name: string, connection: Connection, fault: Fault, after: string | undefined): unknown[] {
  const errorAt = (path: (string | number)[], field: string) => ({
    message: fault.message ?? `Cannot return null for non-nullable field ${field}`,
    path: [name, ...path],
    extensions: { classification: 'NullValueInNonNullableField' },
  });
  if (fault.kind === 'repeat-cursor')
    connection.pageInfo = { ...connection.pageInfo, endCursor: after ?? '0', hasNextPage: true };
  if (fault.kind === 'empty-page') {
    connection.edges = [];
    connection.pageInfo = { ...connection.pageInfo, hasNextPage: true };
  }
  if (fault.kind === 'null-edges') {
    const count = Math.min(fault.count ?? 1, connection.edges.length);
    connection.edges.fill(null, 0, count);
    return Array.from({ length: count }, (_, index) =>
      errorAt(['edges', index, 'node', 'experienceLevel'], 'experienceLevel'),
    );
  }
  if (fault.kind === 'null-list') {
    (connection as { edges: unknown }).edges = null;
    return [errorAt(['edges'], 'edges')];
  }
  if (fault.kind === 'rename-list') {
    Object.assign(connection, { items: connection.edges });
    delete (connection as { edges?: unknown }).edges;
  }
  if (fault.kind !== 'partial') return [];
  const field = fault.field ?? 'totalSpent';
  return connection.edges.flatMap((edge, index) =>
    nullField(edge, field)
      ? [{ ...errorAt(['edges', index, 'node', field], field), message: fault.message ?? 'Exception occurred' }]
      : [],
  );
}

/** Sets every `field` below `value` to null; true when there was one. */
function nullField(value: unknown, field: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  let found = false;
  for (const [name, inner] of Object.entries(value)) {
    if (name === field) {
      (value as Record<string, unknown>)[name] = null;
      found = true;
    } else if (nullField(inner, field)) found = true;
  }
  return found;
}
