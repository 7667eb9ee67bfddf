/** Whose texts and token forms: Vault since 1.17, or OpenBao and older Vaults (RELIABILITY §5). */
export type Dialect = 'vault' | 'openbao';

/** How the pretended server behaves. Everything may change while it runs. */
export interface Settings {
  dialect: Dialect;
  /** As health tells it. */
  version: string;
  /** What a standby does with a request: send it on, point to the leader, say that there is none, that it stands alone, or that one is being elected. */
  standby: 'forward' | 'redirect' | 'no-leader' | 'not-active' | 'electing';
  /** Where a standby that redirects points to. */
  leaderUrl: string;
  /** Requests answered 500 after an unseal before all is well (vault#1205). */
  warmUpFailures: number;
  /** KV v2 says that it is being upgraded from v1. */
  upgrading: boolean;
  /** Five wrong secret_ids lock a role for 15 minutes (Vault since 1.13). */
  userLockout: boolean;
  /** Refuses requests without `X-Vault-Request: true`, as an agent in front may. */
  requireRequestHeader: boolean;
  /** Largest body, in bytes. */
  maxRequestSize: number;
  /** Seconds a token lives when nobody says how long, and at most. */
  defaultLeaseTtl: number;
  maxLeaseTtl: number;
}

/** A server nobody has configured. */
export function defaultSettings(dialect: Dialect): Settings {
  return {
    dialect,
    version: dialect === 'vault' ? '1.18.3' : '2.1.0',
    standby: 'forward',
    leaderUrl: 'http://127.0.0.1:8200',
    warmUpFailures: 0,
    upgrading: false,
    userLockout: true,
    requireRequestHeader: false,
    maxRequestSize: 33_554_432,
    defaultLeaseTtl: 2_764_800,
    maxLeaseTtl: 2_764_800,
  };
}

const choices: Partial<Record<keyof Settings, readonly string[]>> = {
  dialect: ['vault', 'openbao'],
  standby: ['forward', 'redirect', 'no-leader', 'not-active', 'electing'],
};

/** Applies a change, all of it or, with an error that names the culprit, none. */
export function changeSettings(settings: Settings, change: Partial<Settings>): Settings {
  for (const [name, value] of Object.entries(change)) {
    const present = settings[name as keyof Settings];
    if (present === undefined)
      throw new Error(`There is no setting ${name}. There are: ${Object.keys(settings).join(', ')}.`);
    const allowed = choices[name as keyof Settings];
    if (allowed && !allowed.includes(String(value))) throw new Error(`${name} is one of ${allowed.join(', ')}.`);
    if (typeof value !== typeof present) throw new Error(`${name} is a ${typeof present}.`);
  }
  return Object.assign(settings, change);
}
