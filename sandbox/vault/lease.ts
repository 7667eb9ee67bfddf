import { goDuration, shortDuration } from './duration.ts';
import type { Settings } from './settings.ts';

/** What decides how long a token lives. Seconds; 0: not said. */
export interface LeaseTerms {
  wanted: number;
  ttl: number;
  period: number;
  maxTtl: number;
  explicitMaxTtl: number;
}

/** A life granted, and what was cut off the one wanted. */
export interface Lease {
  seconds: number;
  warnings: string[];
}

/** The life of a token of an age in seconds; undefined: its time is over whatever is asked. */
export function grantLease(terms: LeaseTerms, age: number, settings: Settings): Lease | undefined {
  const isPeriodic = terms.period > 0;
  const wanted = isPeriodic ? terms.period : terms.wanted || terms.ttl || settings.defaultLeaseTtl;
  const limits = isPeriodic ? [terms.explicitMaxTtl] : [settings.maxLeaseTtl, terms.maxTtl, terms.explicitMaxTtl];
  const left = Math.floor(Math.min(...limits.map((limit) => limit || Number.POSITIVE_INFINITY)) - age);
  if (left <= 0) return undefined;
  return wanted <= left
    ? { seconds: wanted, warnings: [] }
    : { seconds: left, warnings: [capped(wanted, left, settings)] };
}

function capped(wanted: number, left: number, { dialect }: Settings): string {
  const print = dialect === 'vault' ? goDuration : shortDuration;
  return `TTL of "${print(wanted)}" exceeded the effective max_ttl of "${print(left)}"; TTL value is capped accordingly`;
}
