/** Words of the command line for the enums of the API. */

export const jobTypes = { hourly: 'HOURLY', fixed: 'FIXED_PRICE' } as const;

export const experienceLevels = { entry: 'ENTRY', intermediate: 'INTERMEDIATE', expert: 'EXPERT' } as const;

export const engagementDurations = {
  less_than_1_month: 'LESS_THAN_1_MONTH',
  '1_to_3_months': 'ONE_TO_3_MONTHS',
  '3_to_6_months': 'THREE_TO_6_MONTHS',
  more_than_6_months: 'MORE_THAN_6_MONTHS',
} as const;

export const triages = {
  new: 'NEW',
  seen: 'SEEN',
  shortlisted: 'SHORTLISTED',
  dismissed: 'DISMISSED',
  applied: 'APPLIED',
} as const;

export const jobStates = { open: 'OPEN', closed: 'CLOSED', filled: 'FILLED', removed: 'REMOVED' } as const;

export const eventTypes = {
  job_posted: 'JOB_POSTED',
  job_updated: 'JOB_UPDATED',
  auth_expired: 'AUTH_EXPIRED',
  auth_restored: 'AUTH_RESTORED',
  platform_status_changed: 'PLATFORM_STATUS_CHANGED',
  connection_flow_updated: 'CONNECTION_FLOW_UPDATED',
  scan_progress: 'SCAN_PROGRESS',
  proposal_updated: 'PROPOSAL_UPDATED',
  contract_updated: 'CONTRACT_UPDATED',
} as const;

export const apiScopes = {
  read: 'READ',
  write: 'WRITE',
  connect: 'CONNECT',
  proposals_submit: 'PROPOSALS_SUBMIT',
  raw_read: 'RAW_READ',
  admin: 'ADMIN',
} as const;

export const proposalStatuses = {
  draft: 'DRAFT',
  awaiting: 'AWAITING_MANUAL_SUBMISSION',
  submitting: 'SUBMITTING',
  unknown: 'OUTCOME_UNKNOWN',
  submitted: 'SUBMITTED',
  viewed: 'VIEWED',
  interviewing: 'INTERVIEWING',
  offered: 'OFFERED',
  hired: 'HIRED',
  declined: 'DECLINED',
  withdrawn: 'WITHDRAWN',
  archived: 'ARCHIVED',
  failed: 'FAILED',
} as const;

export const contractStatuses = { active: 'ACTIVE', paused: 'PAUSED', ended: 'ENDED' } as const;
