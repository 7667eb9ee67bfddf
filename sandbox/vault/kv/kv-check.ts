import type { KvConfig, Secret } from './kv-versions.ts';

/** Why a write does not pass check-and-set; undefined when it does. */
export function checkAndSet(options: unknown, secret: Secret | undefined, config: KvConfig): string | undefined {
  const given = typeof options === 'object' && options !== null && Object.hasOwn(options, 'cas');
  if (!given)
    return config.cas_required || secret?.casRequired ? 'check-and-set parameter required for this call' : undefined;
  const expected = numberOf((options as { cas: unknown }).cas);
  if (expected === undefined) return 'error parsing check-and-set parameter';
  return expected === (secret?.current ?? 0) ? undefined : 'check-and-set parameter did not match the current version';
}

/** Vault is generous here: a number in quotes counts, null counts as 0. */
function numberOf(cas: unknown): number | undefined {
  if (cas === null) return 0;
  if (typeof cas === 'boolean') return Number(cas);
  if (typeof cas === 'number') return Math.trunc(cas);
  return typeof cas === 'string' && /^\d+$/.test(cas) ? Number(cas) : undefined;
}
