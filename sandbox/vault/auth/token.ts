/** A token the server knows. Instants are milliseconds, durations seconds. */
export interface Token {
  id: string;
  /** Empty for batch tokens, which have none. */
  accessor: string;
  type: 'service' | 'batch';
  /** Of the namespace it was made in; empty for the root one. */
  namespace: string;
  policies: string[];
  /** Where it came from, for example `auth/approle/login`. */
  path: string;
  displayName: string;
  meta: Record<string, string> | null;
  entityId: string;
  /** The one that made it and takes it along when it ends. */
  parent: string | null;
  createdAt: number;
  /** Null: never, which only root tokens have. */
  expiresAt: number | null;
  /** As granted at first. */
  creationTtl: number;
  /** What a renewal gives when it asks for nothing. */
  ttl: number;
  /** 0: the server's own limit alone. */
  maxTtl: number;
  explicitMaxTtl: number;
  /** 0: not periodic. */
  period: number;
  renewable: boolean;
  lastRenewalAt: number | null;
  /** Uses left; 0: any number. */
  numUses: number;
  /** Networks it may come from; empty: any. */
  boundCidrs: string[];
}

/** What whoever makes a token decides. Absent: as a login without wishes would have it. */
export interface TokenWish {
  id?: string;
  type?: Token['type'];
  namespace?: string;
  policies: string[];
  path?: string;
  displayName?: string;
  meta?: Record<string, string> | null;
  entityId?: string;
  parent?: string | null;
  /** Seconds; 0: the server's default; null: never ends. */
  ttl?: number | null;
  maxTtl?: number;
  explicitMaxTtl?: number;
  period?: number;
  renewable?: boolean;
  numUses?: number;
  boundCidrs?: string[];
}
