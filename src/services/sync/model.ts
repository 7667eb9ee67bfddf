export const syncTargets = ['PROPOSALS', 'CONTRACTS', 'ACCOUNT'] as const;
export type SyncTarget = (typeof syncTargets)[number];

/** Reading back from Upwork what moves there by itself. */
export interface SyncService {
  /**
   * Begins a sync, or joins the one that runs; answers with what was begun. Its end shows in `lastSyncAt` and in events.
   * @throws DomainError PLATFORM_NOT_CONNECTED, AUTH_EXPIRED, ACCOUNT_RESTRICTED, SECRET_STORE_UNAVAILABLE while no call can be made
   */
  begin(targets: readonly SyncTarget[]): readonly SyncTarget[];
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
  /** What contracts were last read from, and what is therefore missing; undefined before the first sync. */
  contractSource(): 'contract_list' | 'work_history' | undefined;
  /** Starts the schedule. */
  start(): void;
  /** Ends the schedule and what runs, within a few seconds. */
  close(): Promise<void>;
}
