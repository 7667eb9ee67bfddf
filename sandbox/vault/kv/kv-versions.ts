/** One version of a secret. Instants are milliseconds. */
export interface Version {
  createdAt: number;
  /** Null: not deleted. In the future when `delete_version_after` says so. */
  deletedAt: number | null;
  destroyed: boolean;
  data: Record<string, unknown> | null;
}

/** Everything at one path of a KV v2 mount. */
export interface Secret {
  createdAt: number;
  updatedAt: number;
  /** 0: described, but never written. */
  current: number;
  /** 0 until something was trimmed. */
  oldest: number;
  casRequired: boolean;
  /** 0: as the mount says. */
  maxVersions: number;
  /** Seconds; 0: never. */
  deleteVersionAfter: number;
  customMetadata: Record<string, string> | null;
  versions: Map<number, Version>;
}

/** What a mount says for all its secrets. */
export interface KvConfig {
  max_versions: number;
  cas_required: boolean;
  /** Seconds. */
  delete_version_after: number;
}

/** Versions kept when nobody says how many. */
const kept = 10;

/** A secret nobody has written yet. */
export function newSecret(now: number): Secret {
  return {
    createdAt: now,
    updatedAt: now,
    current: 0,
    oldest: 0,
    casRequired: false,
    maxVersions: 0,
    deleteVersionAfter: 0,
    customMetadata: null,
    versions: new Map(),
  };
}

/** Appends a version and forgets for ever what is older than the kept ones. */
export function append(secret: Secret, data: Record<string, unknown>, config: KvConfig, now: number): Version {
  const version = { createdAt: now, deletedAt: deletionAfter(secret, config, now), destroyed: false, data };
  secret.current += 1;
  secret.updatedAt = now;
  secret.versions.set(secret.current, version);
  const newestGone = secret.current - (secret.maxVersions || config.max_versions || kept);
  if (newestGone > 0) {
    for (const number of [...secret.versions.keys()]) if (number <= newestGone) secret.versions.delete(number);
    secret.oldest = newestGone + 1;
  }
  return version;
}

/** When a version that begins to be readable now ends by itself; null: never. */
export function deletionAfter(secret: Secret, config: KvConfig, now: number): number | null {
  const seconds = secret.deleteVersionAfter || config.delete_version_after;
  return seconds > 0 ? now + seconds * 1000 : null;
}

/** Whether the version's data may be read. */
export function isReadable({ deletedAt, destroyed }: Version, now: number): boolean {
  return !destroyed && (deletedAt === null || deletedAt > now);
}

/** What metadata says of one version. */
export function describeVersion(version: Version): { created_time: string; deletion_time: string; destroyed: boolean } {
  return {
    created_time: timestamp(version.createdAt),
    deletion_time: version.deletedAt === null ? '' : timestamp(version.deletedAt),
    destroyed: version.destroyed,
  };
}

/** RFC 3339 as Go prints it: fractions of a second without zeros at their end. */
export function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/\.?0+Z$/, 'Z');
}
