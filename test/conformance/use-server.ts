import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, vi } from 'vitest';
import type { DoubleProcess } from './double.ts';
import type { Dialect, Reached, Target } from './targets.ts';
import { authOf, dataOf, type Reply, type Sent, send } from './wire.ts';

/** An engine the facts want to themselves. */
export type Wanted = 'kv' | 'kv1' | 'transit' | 'approle';

/** A server with engines of its own for one file of facts. */
export interface Server {
  readonly url: string;
  readonly dialect: Dialect;
  readonly token: string;
  /** The double's process. Throws on a real server. */
  readonly double: DoubleProcess;
  /** Where the wanted engines are mounted, without a slash at the end; `approle` begins with `auth/`. */
  readonly at: Readonly<Record<Wanted, string>>;
  /** Names nothing else has. */
  readonly prefix: string;
  ask(method: string, path: string, sent?: Sent): Promise<Reply>;
  /** Asks and expects success; what a fact starts from. */
  arrange(method: string, path: string, body?: unknown): Promise<Reply>;
  /** A token as `auth/token/create` makes it. */
  makeToken(wish: Record<string, unknown>): Promise<string>;
  /** Writes a policy under the prefix and returns its name. */
  writePolicy(name: string, text: string): Promise<string>;
  /** Makes a role, and a secret_id for it. */
  makeRole(name: string, role?: Record<string, unknown>): Promise<{ role_id: string; secret_id: string }>;
}

const types: Record<Wanted, Record<string, unknown>> = {
  kv: { type: 'kv', options: { version: '2' } },
  kv1: { type: 'kv', options: { version: '1' } },
  transit: { type: 'transit' },
  approle: { type: 'approle' },
};

/** Reaches the target before the facts of a `describe` and mounts what they want; takes it all away afterwards. */
export function useServer(target: Target, wanted: readonly Wanted[] = []): Server {
  const prefix = `conformance-${randomBytes(4).toString('hex')}`;
  const at = Object.fromEntries(
    Object.keys(types).map((name) => [name, `${name === 'approle' ? 'auth/' : ''}${prefix}-${name}`]),
  ) as Record<Wanted, string>;
  let reached: Reached | undefined;
  const there = () => {
    if (!reached) throw new Error('The server is reached only inside a fact.');
    return reached;
  };
  /** A child of the token given: revoking it ends every token the facts leave behind. */
  let own = '';
  const ask = (method: string, path: string, sent: Sent = {}) =>
    send(there().url, method, path, { token: own, ...sent });
  const arrange = async (method: string, path: string, body?: unknown) => {
    const reply = await ask(method, path, { body });
    if (reply.status >= 300) throw new Error(`${method} ${path} → ${reply.status}: ${reply.text}`);
    return reply;
  };
  const placeOf = (name: Wanted) => (name === 'approle' ? `sys/${at[name]}` : `sys/mounts/${at[name]}`);
  const policies: string[] = [];

  beforeAll(async () => {
    reached = await target.reach();
    own = reached.token;
    own = String(authOf(await arrange('POST', 'auth/token/create', {}))['client_token']);
    for (const name of wanted) await arrange('POST', placeOf(name), types[name]);
    // A real KV v2 mount needs a moment before it takes its first write.
    if (wanted.includes('kv')) await vi.waitFor(() => arrange('GET', `${at.kv}/config`), { timeout: 10_000 });
  });
  afterAll(async () => {
    for (const name of wanted) await ask('DELETE', placeOf(name));
    for (const name of policies) await ask('DELETE', `sys/policies/acl/${name}`);
    await ask('POST', 'auth/token/revoke-self');
    await reached?.stop();
  });

  return {
    prefix,
    at,
    ask,
    arrange,
    get url() {
      return there().url;
    },
    get dialect() {
      return there().dialect;
    },
    get token() {
      return own;
    },
    get double() {
      const { double } = there();
      if (!double) throw new Error('A real server has no control port.');
      return double;
    },
    makeToken: async (wish) => String(authOf(await arrange('POST', 'auth/token/create', wish))['client_token']),
    writePolicy: async (name, text) => {
      await arrange('PUT', `sys/policies/acl/${prefix}-${name}`, { policy: text });
      policies.push(`${prefix}-${name}`);
      return `${prefix}-${name}`;
    },
    makeRole: async (name, role = {}) => {
      await arrange('POST', `${at.approle}/role/${name}`, role);
      const roleId = dataOf(await arrange('GET', `${at.approle}/role/${name}/role-id`))['role_id'];
      const secretId = dataOf(await arrange('POST', `${at.approle}/role/${name}/secret-id`))['secret_id'];
      return { role_id: String(roleId), secret_id: String(secretId) };
    },
  };
}
