import '../schema/scalars/scalars.ts';
import './fields/audit-entry.ts';
import './fields/contract.ts';
import './fields/job-proposal.ts';
import './fields/job-searches.ts';
import './fields/job.ts';
import './fields/milestone.ts';
import './fields/node-changed.ts';
import './fields/platform-status.ts';
import './fields/proposal.ts';
import './fields/saved-search.ts';
import './fields/scan-drop-reason.ts';
import './fields/scan-preferences.ts';
import './fields/scan.ts';
import './fields/search-preview.ts';
import './mutations/connection/cancel-connection-flow.ts';
import './mutations/scanning/cancel-scan.ts';
import './mutations/connection/check-platform.ts';
import './mutations/connection/complete-upwork-connection.ts';
import './mutations/connection/connect-upwork.ts';
import './mutations/access/create-api-token.ts';
import './mutations/access/create-login-link.ts';
import './mutations/proposals/create-proposal-draft.ts';
import './mutations/searches/create-saved-search.ts';
import './mutations/proposals/delete-proposal-draft.ts';
import './mutations/searches/delete-saved-search.ts';
import './mutations/connection/disconnect-platform.ts';
import './mutations/import-configuration.ts';
import './mutations/proposals/mark-proposal-submitted.ts';
import './mutations/scanning/pause-scanning.ts';
import './mutations/scanning/reset-scan-preferences.ts';
import './mutations/scanning/resume-scanning.ts';
import './mutations/access/revoke-api-token.ts';
import './mutations/scanning/run-scan.ts';
import './mutations/proposals/submit-proposal.ts';
import './mutations/connection/sync-platform.ts';
import './mutations/jobs/triage-jobs.ts';
import './mutations/jobs/update-job.ts';
import './mutations/proposals/update-proposal-draft.ts';
import './mutations/searches/update-saved-search.ts';
import './mutations/scanning/update-scan-preferences.ts';
import './mutations/proposals/withdraw-proposal.ts';
import './queries/access/api-tokens.ts';
import './queries/audit/audit-log.ts';
import './queries/categories.ts';
import './queries/connection/connection-flow.ts';
import './queries/proposals/contract.ts';
import './queries/proposals/contracts.ts';
import './queries/scanning/coverage.ts';
import './queries/events.ts';
import './queries/export-configuration.ts';
import './queries/jobs/job-by-external-id.ts';
import './queries/jobs/job.ts';
import './queries/jobs/jobs.ts';
import './queries/node.ts';
import './queries/nodes.ts';
import './queries/connection/platform-status.ts';
import './queries/connection/platform-statuses.ts';
import './queries/searches/preview-search.ts';
import './queries/proposals/proposal-stats.ts';
import './queries/proposals/proposal.ts';
import './queries/proposals/proposals.ts';
import './queries/access/rate-limit.ts';
import './queries/searches/saved-search.ts';
import './queries/searches/saved-searches.ts';
import './queries/scanning/scan-diagnosis.ts';
import './queries/scanning/scan-latency.ts';
import './queries/scanning/scan-preferences.ts';
import './queries/scanning/scan.ts';
import './queries/scanning/scans.ts';
import './queries/system.ts';
import './queries/access/viewer.ts';
import './queries/jobs/why-not.ts';
import './subscriptions/auth-expired.ts';
import './subscriptions/auth-restored.ts';
import './subscriptions/connection-flow-updated.ts';
import './subscriptions/contract-updated.ts';
import './subscriptions/events.ts';
import './subscriptions/job-posted.ts';
import './subscriptions/job-updated.ts';
import './subscriptions/platform-status-changed.ts';
import './subscriptions/proposal-updated.ts';
import './subscriptions/scan-progress.ts';
import { builder } from '../schema/builder.ts';
import { recordFields } from './audit/record-fields.ts';
import { createMeasure } from './measure/measure.ts';
import { paceFields } from './measure/pace-fields.ts';
import { createPaid } from './measure/paid.ts';
import { printSdl, schemaHashOf } from './sdl.ts';

/**
 * The whole schema: nouns of `schema/`, verbs of the files above, each deed written into the audit trail, each dear read
 * in its turn.
 */
export const schema = recordFields(paceFields(builder.toSchema()));

/** The schema as SDL, with descriptions: the text of `schema.graphql`. */
export const sdl = printSdl(schema);

/** SHA-256 of `sdl`, in hexadecimal. */
export const schemaHash = schemaHashOf(schema);

/** What a valid operation costs at most; asked before it is run. Never throws. */
export const measure = createMeasure(schema);

/** What an operation has taken, by the data it was answered with. */
export const paid = createPaid(schema);

export { toClientError } from './to-client-error.ts';
