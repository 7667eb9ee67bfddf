import type { ClockChange, ClockState } from '../clock.ts';
import type { Tokens } from './auth/tokens.ts';
import type { Faults } from './control/faults.ts';
import type { Journal } from './control/journal.ts';
import type { Mount, Realm } from './realm.ts';
import type { Secrets } from './secrets.ts';
import type { Dialect, Settings } from './settings.ts';
import type { Quotas } from './sys/quotas.ts';
import type { Seal } from './sys/seal.ts';
import type { Wraps } from './sys/wraps.ts';

/** How the pretended server starts. */
export interface ServerOptions {
  dialect?: Dialect;
  /** Its clock; now when absent. */
  start?: Date;
  /** False: the clock stands still until it is moved. */
  running?: boolean;
  /** The root token; made up when absent. */
  rootToken?: string;
  /** Unseal keys made and needed; one of one when absent, as a development server has it. */
  shares?: number;
  threshold?: number;
  /** True: as installed, not even initialised. */
  uninitialized?: boolean;
  settings?: Partial<Settings>;
}

/** Everything a pretended server is. */
export interface Server {
  clock: { now(): number; change(change: ClockChange): ClockState };
  settings: Settings;
  seal: Seal;
  tokens: Tokens;
  /** By namespace; the root one has an empty name. */
  realms: Map<string, Realm>;
  wraps: Wraps;
  quotas: Quotas;
  faults: Faults;
  journal: Journal;
  secrets: Secrets;
  clusterId: string;
  /** Requests still to fail after an unseal. */
  warmUpLeft: number;
  rootToken: string;
  /** Initialises: keys, root namespace, root token. Throws when the keys cannot be. */
  install(shares: number, threshold: number, rootToken?: string): void;
  /** Makes a namespace with what every one has mounted. */
  addRealm(namespace: string): Realm;
  /** Mounts an engine. Throws on a type there is not and on a path taken. */
  mount(realm: Realm, path: string, wish: MountWish): Mount;
}

/** What is to be mounted. */
export interface MountWish {
  /** `kv`, `transit` or `approle`. */
  type: string;
  options?: Record<string, string> | null;
  description?: string;
}

/** The root namespace. Throws before initialisation. */
export function root({ realms }: Server): Realm {
  const realm = realms.get('');
  if (!realm) throw new Error('The server is not initialised.');
  return realm;
}
