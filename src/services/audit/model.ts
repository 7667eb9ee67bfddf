import type { Actor } from '../access/model.ts';

/** What is written down of a decision. Details are plain values, never a secret. */
export interface AuditRecord {
  readonly actor: Actor;
  /** `noun.participle`, e.g. `retention.extended`. */
  readonly action: string;
  readonly outcome: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditEntry extends AuditRecord {
  /** `audit_…`. */
  readonly id: string;
  readonly occurredAt: Date;
}

export interface AuditTrail {
  /** Appends an entry, in the caller's transaction where there is one. */
  record(entry: AuditRecord): AuditEntry;
  /** The newest entry of an action. */
  latest(action: string): AuditEntry | undefined;
  /** The first entry that is not what was once written, or whose predecessor is gone; undefined where all is as it was. */
  firstBroken(): string | undefined;
}
