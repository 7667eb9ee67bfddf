import type { EventType } from '../../services/events/model.ts';

/** What a mutation leaves behind: an entry of the audit trail always, an event for other clients where it changes what they show. */
export interface MutationRow {
  /** The entry's action, `noun.participle`. */
  readonly action: string;
  /** The payload's field that holds what it was done to, and the input's field with its id. */
  readonly subject?: { readonly payload?: string; readonly input?: string };
  /** The payload's list that says what was done where not all of it could be. */
  readonly partly?: string;
  /** Types of the events of one that was done. */
  readonly events: readonly EventType[];
  /** Why there is none. */
  readonly silentBecause?: string;
}

const job = { payload: 'job', input: 'jobId' };
const scan = { payload: 'scan', input: 'scanId' };
const flow = { payload: 'flow', input: 'flowId' };
const search = { payload: 'search', input: 'savedSearchId' };
const proposal = { payload: 'proposal', input: 'proposalId' };
const preferences = { payload: 'scanPreferences' };
const platform = { payload: 'platformStatus' };
const token = { payload: 'apiToken', input: 'id' };

/** Every mutation of the schema with its entry and its events; a test walks it. */
export const mutationTable: Readonly<Record<string, MutationRow>> = {
  connectUpwork: { action: 'connection_flow.opened', subject: flow, events: ['CONNECTION_FLOW_UPDATED'] },
  completeUpworkConnection: {
    action: 'connection_flow.completed',
    subject: flow,
    events: ['CONNECTION_FLOW_UPDATED', 'PLATFORM_STATUS_CHANGED'],
  },
  cancelConnectionFlow: { action: 'connection_flow.cancelled', subject: flow, events: ['CONNECTION_FLOW_UPDATED'] },
  disconnectPlatform: { action: 'connection.ended', subject: platform, events: ['PLATFORM_STATUS_CHANGED'] },
  checkPlatform: {
    action: 'connection.checked',
    subject: platform,
    events: [],
    silentBecause: 'It looks; where it finds another status, that is written as PLATFORM_STATUS_CHANGED.',
  },
  syncPlatform: {
    action: 'platform.synced',
    subject: platform,
    events: [],
    silentBecause: 'It begins; what it reads is written as PROPOSAL_UPDATED and CONTRACT_UPDATED.',
  },
  updateScanPreferences: { action: 'preferences.updated', subject: preferences, events: ['NODE_CHANGED'] },
  resetScanPreferences: { action: 'preferences.reset', subject: preferences, events: ['NODE_CHANGED'] },
  pauseScanning: { action: 'scanning.paused', subject: platform, events: ['NODE_CHANGED'] },
  resumeScanning: { action: 'scanning.resumed', subject: platform, events: ['NODE_CHANGED'] },
  runScan: { action: 'scan.started', subject: scan, events: ['SCAN_PROGRESS'] },
  cancelScan: { action: 'scan.cancelled', subject: scan, events: ['SCAN_PROGRESS'] },
  createSavedSearch: { action: 'search.created', subject: search, events: ['NODE_CHANGED'] },
  updateSavedSearch: { action: 'search.updated', subject: search, events: ['NODE_CHANGED'] },
  deleteSavedSearch: { action: 'search.deleted', subject: { input: 'savedSearchId' }, events: ['NODE_CHANGED'] },
  updateJob: { action: 'job.updated', subject: job, events: ['JOB_UPDATED'] },
  triageJobs: { action: 'jobs.triaged', partly: 'jobs', events: ['JOB_UPDATED'] },
  createProposalDraft: { action: 'proposal.drafted', subject: proposal, events: ['PROPOSAL_UPDATED'] },
  updateProposalDraft: { action: 'proposal.updated', subject: proposal, events: ['PROPOSAL_UPDATED'] },
  deleteProposalDraft: { action: 'proposal.deleted', subject: { input: 'proposalId' }, events: ['NODE_CHANGED'] },
  submitProposal: { action: 'proposal.submitted', subject: proposal, events: ['PROPOSAL_UPDATED'] },
  markProposalSubmitted: { action: 'proposal.marked_submitted', subject: proposal, events: ['PROPOSAL_UPDATED'] },
  withdrawProposal: {
    action: 'proposal.withdrawn',
    subject: proposal,
    events: [],
    silentBecause: 'Upwork offers no way to do it; a sync that finds it done writes PROPOSAL_UPDATED.',
  },
  createApiToken: {
    action: 'token.created',
    subject: token,
    events: [],
    silentBecause: 'Tokens are for ADMIN alone; the audit trail tells of them.',
  },
  revokeApiToken: {
    action: 'token.revoked',
    subject: token,
    events: [],
    silentBecause: 'Tokens are for ADMIN alone; the audit trail tells of them.',
  },
  createLoginLink: {
    action: 'login_link.created',
    events: [],
    silentBecause: 'A link is for whoever asked for it.',
  },
  importConfiguration: { action: 'configuration.imported', events: ['NODE_CHANGED'] },
};

/** Queries that take so much out at once that they are written down as well. */
export const auditedQueries: Readonly<Record<string, Pick<MutationRow, 'action'>>> = {
  exportConfiguration: { action: 'configuration.exported' },
};
