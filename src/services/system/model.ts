export const healthStates = ['UP', 'DEGRADED', 'DOWN'] as const;
export type HealthState = (typeof healthStates)[number];
export interface HealthCheck {
  readonly name: string;
  readonly state: HealthState;
  readonly latencyMs?: number;
  readonly message?: string;
  readonly checkedAt: Date;
}
export interface SystemService {
  readonly version: string;
  readonly startedAt: Date;
  readonly retentionMs: number;
  /** Database, secret store, platform, schedule. */
  checks(): Promise<HealthCheck[]>;
  /** Changes with every write into the database, of this process or another. */
  dataVersion(): string;
  /** Database and secret store answer. */
  isReady(): Promise<boolean>;
}
