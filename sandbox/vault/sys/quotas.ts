/** A rate limit on a path and everything below it; an empty path limits all. */
export interface Quota {
  name: string;
  path: string;
  /** Requests in an interval. */
  rate: number;
  /** Seconds. */
  interval: number;
}

/** Rate limits, counted by the server's clock. */
export interface Quotas {
  set(quota: Quota): void;
  get(name: string): Quota | undefined;
  remove(name: string): void;
  names(): string[];
  /** Counts a request. A number: it is too many, and the seconds until the next may come. */
  count(path: string): number | undefined;
}

/** Holds quotas in memory; the most specific path that fits is the one that counts. */
export function createQuotas(now: () => number): Quotas {
  const all = new Map<string, Quota & { since: number; used: number }>();
  return {
    set: (quota) => void all.set(quota.name, { ...quota, since: now(), used: 0 }),
    get: (name) => {
      const found = all.get(name);
      return found && { name: found.name, path: found.path, rate: found.rate, interval: found.interval };
    },
    remove: (name) => void all.delete(name),
    names: () => [...all.keys()].sort(),
    count: (path) => {
      const [quota] = [...all.values()]
        .filter((one) => covers(one.path, path))
        .sort((a, b) => b.path.length - a.path.length);
      if (!quota) return undefined;
      const period = quota.interval * 1000;
      if (now() - quota.since >= period || now() < quota.since) Object.assign(quota, { since: now(), used: 0 });
      quota.used += 1;
      return quota.used > quota.rate ? Math.max(1, Math.ceil((quota.since + period - now()) / 1000)) : undefined;
    },
  };
}

function covers(limited: string, path: string): boolean {
  if (limited.endsWith('*')) return path.startsWith(limited.slice(0, -1));
  return limited === '' || path === limited || (limited.endsWith('/') && path.startsWith(limited));
}
