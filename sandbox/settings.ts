/** What the person who owns the key, or Upwork, can have arranged differently. Everything may change while the sandbox runs. */
export interface Settings {
  /** Internal names of the scopes ticked on the key form (FACTS §4). Changing them kills every token. */
  scopes: string[];
  /** What a refresh does to the old refresh token: lives 24 h more, dies at once (reuse kills the family), or stays the only one. */
  rotation: 'tail' | 'strict' | 'none';
  /** Life of an access token in seconds. */
  accessTokenSeconds: number;
  /** Life of a refresh token since its last use, in seconds. */
  refreshIdleSeconds: number;
  /** True: a code used twice kills the tokens it gave the first time (RFC 6749 §4.1.2). */
  codeReuseRevokes: boolean;
  /** Search cursors: the count of elements received, or strings without a visible meaning. */
  cursors: 'count' | 'opaque';
  /** Largest `first` of the job search; more is refused. A guess: the real limit is unknown. */
  maxPageSize: number;
  /** Whether contractList and vendorContracts answer this key or say "Authorization failed". */
  contracts: 'denied' | 'allowed';
  /** Whether vendorProposals obeys its status filter; it was seen not to (FACTS §6). */
  proposalFilter: 'obeyed' | 'ignored';
  /** A restricted account: refused by HTTP 403, or by errors in a 200. Both are guesses, the real shape is unknown. */
  restricted: 'none' | 'http' | 'graphql';
  /** A refusal every proposal gets, for example UNEXPECTED_ERROR. Null: they are judged. */
  refuseProposals: string | null;
  /** How fast proposals and contracts move by themselves. */
  lifePace: 'off' | 'slow' | 'fast';
  /** Fields the API no longer has, as `Type.field`. */
  withoutFields: string[];
  /** True: the consent page is skipped and access allowed. */
  autoApprove: boolean;
  /** Who allows when the page is skipped. */
  approveAs: 'jane' | 'sam';
  /** Callbacks registered on the key. Null: any on loopback. */
  redirectUris: string[] | null;
  /** Connects each account has left. */
  connects: number;
}

/** The key of a person who ticked everything an ordinary key can have. */
export function defaultSettings(): Settings {
  return {
    scopes: [
      'pub-commons:read:all',
      'pub-marketplace-job-postings:read:all',
      'pub-ontology:read:all',
      'pub-userdetails:read:all',
      'pub-talent-profiles:write:all',
      'pub-talent-workhistory:read:all',
      'pub-submit-proposal:write:all',
      'pub-contract:write:all',
      'pub-offer:read:all',
      'Job Details - Read-Only',
      'Ad Credits and Connects',
    ],
    rotation: 'tail',
    accessTokenSeconds: 86_400,
    refreshIdleSeconds: 14 * 86_400,
    codeReuseRevokes: false,
    cursors: 'count',
    maxPageSize: 100,
    contracts: 'denied',
    proposalFilter: 'obeyed',
    restricted: 'none',
    refuseProposals: null,
    lifePace: 'slow',
    withoutFields: [],
    autoApprove: false,
    approveAs: 'jane',
    redirectUris: null,
    connects: 120,
  };
}

const choices: Partial<Record<keyof Settings, readonly string[]>> = {
  rotation: ['tail', 'strict', 'none'],
  cursors: ['count', 'opaque'],
  contracts: ['denied', 'allowed'],
  proposalFilter: ['obeyed', 'ignored'],
  restricted: ['none', 'http', 'graphql'],
  lifePace: ['off', 'slow', 'fast'],
  approveAs: ['jane', 'sam'],
};

/** Applies a change to `settings`, all of it or, with an error that names the culprit, none. */
export function changeSettings(settings: Settings, change: Partial<Settings>): Settings {
  for (const [name, value] of Object.entries(change)) {
    if (!(name in settings))
      throw new Error(`There is no setting ${name}. There are: ${Object.keys(settings).join(', ')}.`);
    const allowed = choices[name as keyof Settings];
    if (allowed && !allowed.includes(String(value))) throw new Error(`${name} is one of ${allowed.join(', ')}.`);
    const present = settings[name as keyof Settings];
    if (typeof present === 'number' && !(typeof value === 'number' && value >= 0))
      throw new Error(`${name} is a number, 0 or more.`);
    if (typeof present === 'boolean' && typeof value !== 'boolean') throw new Error(`${name} is true or false.`);
    if (Array.isArray(present) && !Array.isArray(value)) throw new Error(`${name} is a list of names.`);
  }
  return Object.assign(settings, change);
}
