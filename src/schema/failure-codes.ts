import type { ErrorCode, WarningCode } from '../services/failures/model.ts';
import { describedEnum } from './described-enum.ts';

export const ErrorCodeRef = describedEnum('ErrorCode', 'What kind of expected failure it was. May grow.', {
  VALIDATION: 'The input breaks a rule; see `ValidationError`.',
  NOT_FOUND: 'There is nothing with this id.',
  CONFLICT: 'It clashes with what is there, or someone changed the object first.',
  IDEMPOTENCY_CONFLICT: 'The `idempotencyKey` was used before with another input.',
  PLATFORM_NOT_CONFIGURED: 'No credentials are known for the platform.',
  PLATFORM_NOT_CONNECTED: 'Nothing is connected.',
  AUTH_EXPIRED: 'The authorization has died; connect again.',
  AUTHORIZATION_DENIED: "Consent was refused on the platform's page.",
  STATE_MISMATCH: 'The callback does not belong to a flow of this server.',
  FLOW_EXPIRED: 'The flow was not completed in time.',
  INSUFFICIENT_SCOPES: 'The key lacks a scope this needs.',
  RATE_LIMITED: 'The platform or our own budget says: not now.',
  UPSTREAM_ERROR: 'The platform failed or answered something unexpected.',
  SECRET_STORE_UNAVAILABLE: 'The secret store does not answer or refuses us.',
  CAPABILITY_UNSUPPORTED: "The platform's API cannot do this.",
  INVALID_TRANSITION: 'Not possible in the state it is in.',
  CREDENTIALS_INVALID: 'The platform refuses the Client ID or the Client Secret.',
  WRONG_ACCOUNT: 'Another account than the one this database belongs to.',
  ACCOUNT_RESTRICTED: 'The platform has restricted the account.',
  JOB_CLOSED: 'The posting takes no more proposals.',
  ALREADY_APPLIED: 'There is a proposal for this posting already.',
  INSUFFICIENT_CONNECTS: 'Not enough Connects.',
  SUBMISSION_REFUSED: 'The platform refused the proposal.',
} satisfies Record<ErrorCode, string>);

export const WarningCodeRef = describedEnum('WarningCode', 'What kind of warning it is. May grow.', {
  INTERVAL_BELOW_RECOMMENDED: 'The interval is shorter than 15 minutes.',
  INTERVAL_RAISED_TO_QUOTA: 'The interval does not fit into the requests of a day and is stretched.',
  QUERY_TOO_BROAD: 'More is found than one scan can take.',
  QUERY_TOO_NARROW: 'Hardly anything can be found.',
  FILTER_CONTRADICTORY: 'Criteria that no posting can meet together.',
  KEYWORD_IGNORED: 'A keyword that cannot be searched for.',
  DUPLICATE_SAVED_SEARCH: 'Another saved search has the same criteria.',
  TOKEN_EXPIRES_SOON: 'A token ends soon.',
  SCOPES_MISSING: 'The key lacks scopes that Prospector asks for.',
  NO_NOTIFICATION_CHANNEL: 'Nobody would be notified: there is no channel.',
  SCHEDULE_IN_QUIET_HOURS: 'The quiet hours leave no time to scan.',
  CONNECTS_LOW: 'The Connects balance is below the mark that was set.',
} satisfies Record<WarningCode, string>);
