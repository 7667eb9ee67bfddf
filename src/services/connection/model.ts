import type { ErrorCode, UserFailure, Warning } from '../failures/model.ts';

/** In the order in which they are shown where several hold (`ConnectionStatus` of the schema). */
export const connectionStatuses = [
  'SECRET_STORE_UNAVAILABLE',
  'RESTRICTED',
  'CREDENTIALS_INVALID',
  'AUTH_EXPIRED',
  'WRONG_ACCOUNT',
  'CONNECTING',
  'DISCONNECTED',
  'RATE_LIMITED',
  'INSUFFICIENT_SCOPES',
  'ERROR',
  'CONNECTED',
] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

export const authExpiredReasons = [
  'REFRESH_REJECTED',
  'ACCESS_REVOKED',
  'SECRET_LOST',
  'OUTCOME_UNKNOWN',
  'RESTORED_FROM_BACKUP',
] as const;
export type AuthExpiredReason = (typeof authExpiredReasons)[number];

export const scopeNames = ['job_search', 'proposals', 'contracts'] as const;
export type ScopeName = (typeof scopeNames)[number];
export const scopeAccesses = ['NONE', 'READ', 'READ_WRITE'] as const;
export type ScopeAccess = (typeof scopeAccesses)[number];
export const platformCapabilities = [
  'READ_JOBS',
  'READ_PROPOSALS',
  'SUBMIT_PROPOSAL',
  'WITHDRAW_PROPOSAL',
  'READ_CONTRACTS',
  'READ_MILESTONES',
  'READ_EARNINGS',
  'READ_MESSAGES',
] as const;
export type PlatformCapability = (typeof platformCapabilities)[number];
export const capabilityAvailabilities = ['AVAILABLE', 'MISSING_SCOPE', 'NOT_OFFERED_BY_PLATFORM', 'DISABLED'] as const;

export interface ScopeGrant {
  readonly name: ScopeName;
  readonly description: string;
  readonly required: ScopeAccess;
  readonly granted: ScopeAccess;
  /** Labels to tick on Upwork's key form when something is missing (FACTS §4). */
  readonly keyFormLabels: readonly string[];
  readonly capabilities: readonly PlatformCapability[];
}

export interface CapabilityStatus {
  readonly capability: PlatformCapability;
  readonly availability: (typeof capabilityAvailabilities)[number];
  readonly requiredScopes: readonly string[];
}

export interface PlatformAccount {
  readonly externalId: string;
  readonly displayName: string;
  readonly email?: string;
  readonly profileUrl?: string;
  readonly avatarUrl?: string;
  readonly organization?: string;
  readonly connectedAt: Date;
}

export interface PlatformIncident {
  readonly code: ErrorCode;
  readonly message: string;
  readonly occurredAt: Date;
  readonly requestId?: string;
  readonly attempts: number;
  readonly nextRetryAt?: Date;
}

export const nextActionKinds = [
  'CONFIGURE_CREDENTIALS',
  'CONNECT',
  'COMPLETE_AUTHORIZATION',
  'RECONNECT',
  'GRANT_SCOPES',
  'UNSEAL_SECRET_STORE',
  'WAIT',
  'NONE',
] as const;
/** What a person should do now. `notBefore` is an ISO instant. */
export interface NextAction {
  readonly kind: (typeof nextActionKinds)[number];
  readonly message: string;
  readonly command?: string;
  readonly url?: string;
  readonly notBefore?: string;
}

export const flowStatuses = ['PENDING', 'EXCHANGING', 'COMPLETED', 'DENIED', 'FAILED', 'EXPIRED', 'CANCELLED'] as const;
export interface ConnectionFlow {
  readonly id: string;
  readonly status: (typeof flowStatuses)[number];
  /** Absent once the flow is over. */
  readonly authorizationUrl?: string;
  readonly redirectUri: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly completedAt?: Date;
  readonly failure?: UserFailure;
}

/** `PlatformStatus` of the schema but for what other services know (lastScan, nextScanAt, requestBudget, paused). */
export interface PlatformStatus {
  /** `platform_upwork`. */
  readonly id: string;
  readonly status: ConnectionStatus;
  readonly message: string;
  readonly statusChangedAt: Date;
  readonly account?: PlatformAccount;
  readonly scopes: readonly ScopeGrant[];
  readonly capabilities: readonly CapabilityStatus[];
  readonly tokenExpiresAt?: Date;
  readonly refreshTokenExpiresAt?: Date;
  readonly tokenRefreshedAt?: Date;
  readonly lastSyncAt?: Date;
  readonly connectsBalance?: number;
  readonly lastIncident?: PlatformIncident;
  readonly activeFlow?: ConnectionFlow;
  readonly nextAction: NextAction;
}

export interface ConnectInput {
  readonly credentials?: { readonly clientId: string; readonly clientSecret: string };
  readonly returnTo?: string;
  readonly force: boolean;
  readonly allowAccountChange: boolean;
}

export interface ConnectionService {
  status(): PlatformStatus;
  /** The callback that has to be registered with the key, to the letter. Known once the server listens. */
  redirectUri(): string;
  /**
   * Opens a flow. Credentials go to the secret store, an earlier connection stays untouched until the flow has completed.
   * @param browserNonce a secret kept in a cookie of the browser that started it (RELIABILITY F2); the callback must then bring it
   * @throws DomainError PLATFORM_NOT_CONFIGURED, CONFLICT, SECRET_STORE_UNAVAILABLE, VALIDATION
   */
  connect(
    input: ConnectInput,
    browserNonce?: string,
  ): Promise<{ flow: ConnectionFlow; authorizationUrl: string; state: string; warnings: readonly Warning[] }>;
  /** Ends a flow with what the platform redirected to (all query parameters of the callback). Idempotent: a reloaded callback shows the first result. Never throws for a flow that fails: its ending is in the flow. `flow` is absent for a state that is unknown. */
  complete(
    parameters: URLSearchParams,
    browserNonce?: string,
  ): Promise<{ flow?: ConnectionFlow; returnTo?: string; failure?: UserFailure }>;
  /** Undefined when there is none. */
  flow(id: string): ConnectionFlow | undefined;
  /** @throws DomainError NOT_FOUND, INVALID_TRANSITION */
  cancelFlow(id: string): Promise<ConnectionFlow>;
  /** One cheap live call (identity), updates the status. @throws DomainError */
  check(): Promise<{ latencyMs: number }>;
  /** Forgets tokens locally even when revoking fails. */
  disconnect(input: { revoke: boolean; purgeData: boolean }): Promise<{ revoked: boolean; purgedRecords: number }>;
  /** The scheduler asks: may calls be made now? */
  isUsable(): boolean;
  /** Calls the listener after every change of status, until the returned function is called. */
  onStatusChange(listener: (status: ConnectionStatus, previous: ConnectionStatus) => void): () => void;
  /** A person resumed scanning: RESTRICTED ends, the next call shows whether it holds. */
  liftRestriction(): void;
  /** Imports UPWORK_CLIENT_ID / secret of the environment, recovers flows and tokens after a restart. */
  start(): Promise<void>;
  close(): Promise<void>;
}
