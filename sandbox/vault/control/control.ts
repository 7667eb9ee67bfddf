import type { ClockChange, ClockState } from '../../clock.ts';
import { parsePolicy } from '../auth/policy.ts';
import type { TokenWish } from '../auth/token.ts';
import type { Tls } from '../http/tls.ts';
import type { Realm } from '../realm.ts';
import { root, type Server } from '../server.ts';
import { changeSettings, type Settings } from '../settings.ts';
import { type Role, shut } from '../sys/seal.ts';
import type { Fault } from './faults.ts';
import { type JournalEntry, peakPerSecond } from './journal.ts';

/** Whether the server is open, and what it is in its cluster. */
export interface State {
  initialized: boolean;
  sealed: boolean;
  role: Role;
}

/** An AppRole made by the control, ready to log in with. */
export interface MadeRole {
  roleId: string;
  secretId: string;
}

/** What of a role may be chosen: the fields of `auth/approle/role/:name`. */
export type RoleWish = Record<string, unknown>;

/** What only the double can do: everything a client could never cause, or only with a token it should not have. */
export interface Control {
  now(): Date;
  setClock(change: ClockChange): ClockState;
  state(): State;
  seal(): State;
  /** Opens without a key. */
  unseal(): State;
  setRole(role: Role): State;
  /** Forgets everything, as if it had just been installed. */
  uninitialize(): State;
  /** Reads or changes settings. */
  set(change?: Partial<Settings>): Settings;
  fail(fault: Fault): void;
  faults(): Fault[];
  clearFaults(): void;
  journal(): JournalEntry[];
  clearJournal(): void;
  /** Entries in which a secret stood outside header and body. */
  strays(): JournalEntry[];
  /** Most requests within one real second; only those to `path` (a `*` at its end fits any rest) when given. */
  peak(path?: string): number;
  /** Writes a policy in HCL or JSON to the root namespace. */
  writePolicy(name: string, text: string): void;
  /** Makes a token in the root namespace, whatever it may do. */
  issueToken(wish: TokenWish): { token: string; accessor: string };
  /** Ends a token; false when there is none alive. */
  revokeToken(token: string): boolean;
  /** Makes an AppRole with one secret_id, mounting `auth/approle/` where it is not. */
  addRole(name: string, wish?: RoleWish): MadeRole;
  /** Mounts an engine in the root namespace. */
  mount(path: string, type: string, options?: Record<string, string>): void;
  /** Another certificate for connections to come. Throws when the double was started without one. */
  swapTls(tls: Tls): void;
  /** Ends every token that can end; root tokens live on. */
  revokeAllTokens(): void;
}

/** The control of whatever server `current` gives; `replace` puts an uninitialised one in its place, `swapTls` another certificate. */
export function createControl(current: () => Server, replace: () => void, swapTls: Control['swapTls']): Control {
  const stateOf = ({ seal: { initialized, sealed, role } }: Server): State => ({ initialized, sealed, role });
  const approle = (realm: Realm) =>
    realm.mounts.get('auth/approle/') ?? current().mount(realm, 'auth/approle/', { type: 'approle' });

  return {
    now: () => new Date(current().clock.now()),
    setClock: (change) => current().clock.change(change),
    state: () => stateOf(current()),
    seal: () => {
      shut(current().seal);
      return stateOf(current());
    },
    unseal: () => {
      const server = current();
      if (!server.seal.initialized) throw new Error('The server is not initialised; PUT /v1/sys/init does that.');
      if (server.seal.sealed) server.warmUpLeft = server.settings.warmUpFailures;
      server.seal.sealed = false;
      return stateOf(server);
    },
    setRole: (role) => {
      if (!['active', 'standby', 'dr', 'perf'].includes(role)) throw new Error('role is active, standby, dr or perf.');
      current().seal.role = role;
      return stateOf(current());
    },
    uninitialize: () => {
      replace();
      return stateOf(current());
    },
    set: (change = {}) => ({ ...changeSettings(current().settings, change) }),
    fail: (fault) => current().faults.add(fault),
    faults: () => current().faults.list(),
    clearFaults: () => current().faults.clear(),
    journal: () => current().journal.list(),
    clearJournal: () => current().journal.clear(),
    swapTls,
    strays: () =>
      current()
        .journal.list()
        .filter(({ strays }) => strays.length > 0),
    peak: (path) =>
      peakPerSecond(current().journal.list(), (one) =>
        path === undefined ? true : path.endsWith('*') ? one.startsWith(path.slice(0, -1)) : one === path,
      ),
    writePolicy: (name, text) => void root(current()).policies.set(name, { text, rules: parsePolicy(text) }),
    issueToken: (wish) => {
      const { token } = current().tokens.issue(wish);
      return { token: token.id, accessor: token.accessor };
    },
    revokeToken: (id) => {
      const token = current().tokens.find(id);
      if (token) current().tokens.revoke(token);
      return token !== undefined;
    },
    revokeAllTokens: () => {
      for (const token of current().tokens.list()) if (token.expiresAt !== null) current().tokens.revoke(token);
    },
    addRole: (name, wish = {}) => {
      const realm = root(current());
      const ask = (operation: 'read' | 'update', path: string, body: Record<string, unknown> = {}) => {
        const outcome = approle(realm).engine.answer({
          operation,
          path,
          body,
          query: new URLSearchParams(),
          contentType: 'application/json',
          remoteAddress: '127.0.0.1',
          token: undefined,
          tokenId: '',
          wrapTtl: 0,
        });
        if (outcome.kind === 'errors') throw new Error(outcome.errors.join('; '));
        return outcome.kind === 'content' ? (outcome.content as Record<string, string>) : {};
      };
      ask('update', `role/${name}`, wish);
      const { role_id: roleId = '' } = ask('read', `role/${name}/role-id`);
      const bound = wish['bind_secret_id'] !== false;
      const { secret_id: secretId = '' } = bound ? ask('update', `role/${name}/secret-id`) : {};
      return { roleId, secretId };
    },
    mount: (path, type, options) => void current().mount(root(current()), path, { type, options: options ?? null }),
  };
}
