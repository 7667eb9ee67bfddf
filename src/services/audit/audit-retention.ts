import type { AuditTrail } from './model.ts';

const allowedMs = 24 * 60 * 60 * 1_000;
const action = 'retention.set';

/**
 * Writes down that the owner keeps content of Upwork longer than its terms allow (FACTS §10), and later that this has ended; once for each change. The
 * acknowledgement itself was asked for by the configuration.
 */
export function recordRetention(audit: Pick<AuditTrail, 'record' | 'latest'>, retentionMs: number): void {
  const before = audit.latest(action)?.details['retentionMs'];
  if (before === retentionMs || (before === undefined && retentionMs <= allowedMs)) return;
  audit.record({
    actor: { kind: 'SCHEDULER', name: 'PROSPECTOR_RETENTION' },
    action,
    outcome: retentionMs > allowedMs ? 'acknowledged' : 'within the terms',
    details: { retentionMs },
  });
}
