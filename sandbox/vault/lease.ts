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
  const limits = [terms.period > 0 ? 0 : terms.maxTtl || settings.maxLeaseTtl, terms.explicitMaxTtl].filter(
    (limit) => limit > 0,
  );
  const wanted = terms.period || terms.wanted || terms.ttl || settings.defaultLeaseTtl;
  const limit = Math.min(...limits);
  const left = limit - age;
  if (left <= 0) return undefined;
  if (wanted <= left) return { seconds: wanted, warnings: [] };
  const print = settings.dialect === 'vault' ? goDuration : shortDuration;
  return {
    seconds: Math.floor(left),
    warnings: [
      `TTL of "${print(wanted)}" exceeded the effective max_ttl of "${print(Math.floor(left))}"; TTL value is capped accordingly`,
    ],
  };
}
