import type { Actor } from '../access/model.ts';
import type { InstantRange, Page, PageArguments } from '../jobs/model.ts';

/** A value of an entry's details. Never a secret, and nothing of the platform's content. */
export type AuditValue = string | number | boolean | null | readonly string[];

/** What is written down of a deed. */
export interface AuditRecord {
  readonly actor: Actor;
  /** `noun.participle`, e.g. `proposal.submitted`. */
  readonly action: string;
  /** `done`, `refused`, `failed`, or what the action says of itself. */
  readonly outcome: string;
  readonly details: Readonly<Record<string, AuditValue>>;
  /** Id of what it was done to. */
  readonly subjectId?: string;
  /** The request that asked for it, as errors and the log name it. */
  readonly requestId?: string;
}

/** An entry of the trail. */
export interface AuditEntry extends AuditRecord {
  /** `audit_…`. */
  readonly id: string;
  readonly occurredAt: Date;
}

/** Which entries. All set fields must hold. */
export interface AuditFilter {
  readonly actions?: readonly string[];
  readonly actors?: readonly Actor['kind'][];
  readonly subjectId?: string;
  readonly occurredAt?: InstantRange;
}

/** What checking the whole trail found. */
export interface AuditVerdict {
  /** Entries that are there. */
  readonly entries: number;
  /** Undefined: every entry is what was once written, in its place, and none is missing. */
  readonly broken?: AuditBreak;
  /** What could not be checked and why, e.g. because the secret store did not answer; the entries themselves were. */
  readonly unchecked?: string;
}

/** The first place where the trail is not what was once written. */
export interface AuditBreak {
  readonly seq: number;
  /** The entry that stands there; undefined where there is none. */
  readonly id?: string;
  /** What is wrong, as a sentence. */
  readonly problem: string;
}

/** The audit trail of this database: append-only, each entry bound to the one before it (RELIABILITY §4.61). */
export interface AuditTrail {
  /** Appends an entry, in the caller's transaction where there is one. */
  record(entry: AuditRecord): AuditEntry;
  /** Appends an entry of something that has been done and cannot be taken back: never throws, a failure is logged. */
  recordDone(entry: AuditRecord): void;
  /** The newest entry of an action. */
  latest(action: string): AuditEntry | undefined;
  byId(id: string): AuditEntry | undefined;
  /** Newest first. @throws RefusedError BAD_USER_INPUT */
  list(filter: AuditFilter, page: PageArguments): Page<AuditEntry>;
  count(filter: AuditFilter): number;
  /** Reads the whole trail, a stretch at a time, so that nothing else waits for it. */
  verify(): Promise<AuditVerdict>;
}
