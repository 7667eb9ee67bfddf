import type { UserFailure } from '../../failures/model.ts';
import type { OAuthError } from '../../upwork/model.ts';
import { areCredentialsRefused } from '../tokens/refresh-verdict.ts';
import type { FlowStatus } from './flow-rows.ts';

/** How a flow ends that does not complete. */
export interface FlowEnding {
  readonly status: FlowStatus;
  readonly failure: UserFailure;
}

/** Ends a flow with a failure that is neither Upwork's nor the store's. */
export class FlowFailure extends Error {
  override readonly name = 'FlowFailure';
  readonly failure: UserFailure;
  constructor(failure: UserFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

const again = 'Connect again: ghoststack prospector connect upwork.';

/** The ending of a flow whose code was not exchanged. */
export function endingOf(error: OAuthError): FlowEnding {
  if (error.kind === 'denied')
    return {
      status: 'DENIED',
      failure: flowFailure('AUTHORIZATION_DENIED', `Access was not allowed on the page of Upwork. ${again}`, error),
    };
  return { status: 'FAILED', failure: failureOfExchange(error) };
}

function failureOfExchange(error: OAuthError): UserFailure {
  if (areCredentialsRefused(error))
    return flowFailure(
      'CREDENTIALS_INVALID',
      `Upwork refuses ${refusedField(error)}. Copy it again from the page of the key, then connect with it.`,
      error,
    );
  switch (error.kind) {
    case 'bad_callback':
      return flowFailure(
        'STATE_MISMATCH',
        `The answer does not belong to this attempt, and nothing was taken from it. ${again}`,
        error,
      );
    case 'invalid_grant':
      return flowFailure(
        'FLOW_EXPIRED',
        `Upwork no longer accepts the code: it was used before, or it is too old. ${again}`,
        error,
      );
    case 'transient':
      return outage(`Upwork’s token endpoint did not answer as it should; nothing was changed. ${again}`, error);
    case 'ambiguous':
      return outage(
        `Upwork’s answer did not arrive whole, and its tokens are lost; nothing was changed. ${again}`,
        error,
      );
    default:
      return flowFailure('UPSTREAM_ERROR', `Upwork refused to exchange the code. ${again}`, error);
  }
}

/** A failure of the flow itself, with Upwork's own words beside ours. */
export function flowFailure(code: UserFailure['code'], message: string, error?: OAuthError): UserFailure {
  return {
    type: 'AuthorizationFlowError',
    code,
    message,
    ...(error?.oauthError !== undefined && { oauthError: error.oauthError }),
    ...(error?.oauthErrorDescription !== undefined && { oauthErrorDescription: error.oauthErrorDescription }),
  };
}

/** Nothing here knows the state that came back. */
export const unknownState: UserFailure = flowFailure(
  'STATE_MISMATCH',
  `This answer belongs to no attempt that is known here: it was changed on its way, or is of another server. ${again}`,
);
/** The state is known, the browser is not the one that began (F2). */
export const foreignBrowser: UserFailure = flowFailure(
  'STATE_MISMATCH',
  'This attempt was begun in another browser. Finish it there, or begin again here.',
);
/** Nobody came back in time. */
export const expired: UserFailure = flowFailure(
  'FLOW_EXPIRED',
  `Nobody came back from Upwork within ten minutes. ${again}`,
);
/** The process that was at it was stopped, or the secret of the flow is gone. */
export const interrupted: UserFailure = flowFailure(
  'FLOW_EXPIRED',
  `Prospector was stopped while it fetched the tokens; nothing was changed. ${again}`,
);
/** A newer flow has taken its place. */
export const replaced: UserFailure = flowFailure(
  'FLOW_EXPIRED',
  'A newer attempt has taken the place of this one. Go on there, or connect again.',
);
/** A person cancelled it. */
export const cancelled: UserFailure = flowFailure('FLOW_EXPIRED', `The attempt was cancelled. ${again}`);
/** The callback holds neither a code nor an error: the flow stays open. */
export const withoutCode: UserFailure = {
  type: 'ValidationError',
  code: 'VALIDATION',
  message: 'The address holds no code. Paste the whole address the browser ended at, up to its end.',
  path: ['input'],
  constraint: 'CODE',
  expected: 'code and state, or error and state',
};

function outage(message: string, { httpStatus }: OAuthError): UserFailure {
  return {
    type: 'UpstreamError',
    code: 'UPSTREAM_ERROR',
    message,
    retryable: true,
    ...(httpStatus !== undefined && { httpStatus }),
  };
}

function refusedField({ oauthErrorDescription = '' }: OAuthError): string {
  if (/client_id/i.test(oauthErrorDescription)) return 'the Client ID';
  return /client_secret/i.test(oauthErrorDescription) ? 'the Client Secret' : 'the Client Secret, or the Client ID';
}
