import type {
  AuthExpiredReason,
  CapabilityStatus,
  ConnectionFlow,
  ConnectionStatus,
  NextAction,
  PlatformCapability,
  ScopeAccess,
} from '../../services/connection/model.ts';
import type { RequestPurpose } from '../../services/upwork/model.ts';
import { describedEnum } from '../described-enum.ts';

export const ConnectionStatusRef = describedEnum(
  'ConnectionStatus',
  'Where several hold, the first of these is shown: SECRET_STORE_UNAVAILABLE, RESTRICTED, CREDENTIALS_INVALID, AUTH_EXPIRED, WRONG_ACCOUNT, CONNECTING, DISCONNECTED, RATE_LIMITED, INSUFFICIENT_SCOPES, ERROR, CONNECTED.',
  {
    DISCONNECTED: 'No tokens are held. Ends with a completed flow.',
    CONNECTING:
      'A flow is open and nothing was connected before; an earlier connection keeps its own status meanwhile. Ends with the flow.',
    CONNECTED:
      'Upwork accepted the last token it was shown. Outages, timeouts and 5xx do not change it; they stand in `lastIncident`.',
    AUTH_EXPIRED:
      'The authorization has died, see `AuthExpiredReason`. Tokens are kept, scans wait. Ends with `connectUpwork`.',
    INSUFFICIENT_SCOPES:
      'A scope Prospector asks for is missing; what is granted goes on working. Ends when a probe finds it, as a rule after a new key and `connectUpwork`.',
    WRONG_ACCOUNT:
      'Nothing is connected, and the last flow came back with another Upwork account than this database belongs to; nothing of it was stored. Ends with the old account, or `allowAccountChange`.',
    CREDENTIALS_INVALID:
      'Upwork refuses the Client ID or Secret (`invalid_client`). Tokens are kept. Ends with `connectUpwork` and the right ones.',
    RATE_LIMITED:
      'Upwork answered 429, or the daily budget is spent: calls wait until `requestBudget.throttledUntil`. Ends by itself.',
    RESTRICTED:
      'Upwork restricted the account. Scanning is paused and stays so over restarts. Ends with `resumeScanning`, by a person.',
    SECRET_STORE_UNAVAILABLE:
      'Vault is sealed, unreachable or refuses us, or the embedded store does not open. Stored data stays readable, scans wait. Ends by itself.',
    ERROR: 'Upwork keeps answering in a way that fits none of these. Ends with the next good answer.',
  } satisfies Record<ConnectionStatus, string>,
);

export const AuthExpiredReasonRef = describedEnum('AuthExpiredReason', 'Why the authorization has died.', {
  REFRESH_REJECTED: '`invalid_grant`, confirmed by reading the store again.',
  ACCESS_REVOKED: 'The same, after the API had answered 401 to a token that had not expired.',
  SECRET_LOST: 'The secret store answers, and holds no tokens any more.',
  OUTCOME_UNKNOWN:
    '`invalid_grant` after a refresh whose answer never arrived: the new tokens may have been issued and lost.',
  RESTORED_FROM_BACKUP: 'The restored refresh token is older than one already spent; it was not tried.',
} satisfies Record<AuthExpiredReason, string>);

export const PlatformCapabilityRef = describedEnum('PlatformCapability', "Something the platform's API can do.", {
  READ_JOBS: 'Search and read postings.',
  READ_PROPOSALS: 'Read your proposals.',
  SUBMIT_PROPOSAL: 'Submit a proposal.',
  WITHDRAW_PROPOSAL: 'Withdraw a proposal.',
  READ_CONTRACTS: 'Read your contracts.',
  READ_MILESTONES: 'Read the milestones of your contracts.',
  READ_EARNINGS: 'Read what you earned.',
  READ_MESSAGES: 'Read messages.',
} satisfies Record<PlatformCapability, string>);

export const CapabilityAvailabilityRef = describedEnum(
  'CapabilityAvailability',
  'Whether a capability can be used now.',
  {
    AVAILABLE: 'It can be used.',
    MISSING_SCOPE: 'The key lacks a scope it needs.',
    NOT_OFFERED_BY_PLATFORM: "The platform's API does not offer it, or not for this key's product tier.",
    DISABLED: 'Switched off here.',
  } satisfies Record<CapabilityStatus['availability'], string>,
);

export const ScopeAccessRef = describedEnum('ScopeAccess', 'How far a scope reaches.', {
  NONE: 'Not at all.',
  READ: 'Reading.',
  READ_WRITE: 'Reading and writing.',
} satisfies Record<ScopeAccess, string>);

export const NextActionKindRef = describedEnum('NextActionKind', 'What kind of deed is due. May grow.', {
  CONFIGURE_CREDENTIALS: 'Give Client ID and Client Secret.',
  CONNECT: 'Connect for the first time.',
  COMPLETE_AUTHORIZATION: 'Finish the flow that is open.',
  RECONNECT: 'Connect again.',
  GRANT_SCOPES: "Tick more boxes on the key's form, then connect again.",
  UNSEAL_SECRET_STORE: 'Unseal or repair the secret store.',
  WAIT: 'Nothing but wait.',
  NONE: 'Nothing.',
} satisfies Record<NextAction['kind'], string>);

export const ConnectionFlowStatusRef = describedEnum('ConnectionFlowStatus', 'Where a flow stands.', {
  PENDING: "Waiting for consent on the platform's page.",
  EXCHANGING: 'The callback has come, the code is being exchanged.',
  COMPLETED: 'Connected.',
  DENIED: 'Consent was refused.',
  FAILED: 'It went wrong; see `error`.',
  EXPIRED: 'Nobody came back in time.',
  CANCELLED: 'Ended by `cancelConnectionFlow` or by a newer flow.',
} satisfies Record<ConnectionFlow['status'], string>);

export const RequestPurposeRef = describedEnum('RequestPurpose', 'What a request to the platform was for.', {
  SCAN: 'Searching for postings.',
  DETAIL: 'Reading one posting closer.',
  PROPOSALS: 'Reading or sending proposals.',
  CONTRACTS: 'Reading contracts.',
  IDENTITY: 'Reading who is connected, and what the key may do.',
  DIAGNOSIS: 'Finding out why something failed.',
} satisfies Record<RequestPurpose, string>);
