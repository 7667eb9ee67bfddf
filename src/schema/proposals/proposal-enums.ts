import type { ChangeSource, ProposalOrder, ProposalStatus, SubmissionMode } from '../../services/proposals/model.ts';
import { describedEnum } from '../described-enum.ts';

export const ProposalStatusRef = describedEnum('ProposalStatus', 'Where a proposal stands.', {
  DRAFT: 'Being written.',
  AWAITING_MANUAL_SUBMISSION: 'Confirmed; the key may not submit, so a person does it at `handoffUrl`.',
  SUBMITTING: 'Being sent.',
  OUTCOME_UNKNOWN: 'Sent, and the answer never came. Settled by reading back, never by sending again.',
  SUBMITTED: 'The client has it.',
  VIEWED: 'The client has looked at it.',
  INTERVIEWING: 'The client writes with you.',
  OFFERED: 'The client made an offer.',
  HIRED: 'You were hired.',
  DECLINED: 'The client said no.',
  WITHDRAWN: 'You took it back.',
  ARCHIVED: 'The platform has put it away.',
  FAILED: 'It was refused and not sent.',
} satisfies Record<ProposalStatus, string>);

export const SubmissionModeRef = describedEnum('SubmissionMode', 'Which way a proposal goes to the client.', {
  API: "Through the platform's API.",
  MANUAL_HANDOFF: "By a person on the platform's page.",
} satisfies Record<SubmissionMode, string>);

export const ChangeSourceRef = describedEnum('ChangeSource', 'Who brought a change about.', {
  YOU: 'You did.',
  API: "The platform's answer to what was sent.",
  SYNC: 'It was read from the platform.',
  SYSTEM: 'Prospector did, e.g. after a crash.',
} satisfies Record<ChangeSource, string>);

export const ProposalOrderFieldRef = describedEnum('ProposalOrderField', 'What proposals can be ordered by.', {
  UPDATED_AT: 'When they last changed.',
  CREATED_AT: 'When they were begun.',
  SUBMITTED_AT: 'When they were submitted.',
} satisfies Record<ProposalOrder['field'], string>);
