import '../schema/scalars.ts';
import './fields/contract.ts';
import './fields/job-proposal.ts';
import './fields/job-searches.ts';
import './fields/job.ts';
import './fields/milestone.ts';
import './fields/platform-status.ts';
import './fields/proposal.ts';
import './fields/saved-search.ts';
import './fields/scan-drop-reason.ts';
import './fields/scan-preferences.ts';
import './fields/scan.ts';
import './fields/search-preview.ts';
import './mutations/cancel-connection-flow.ts';
import './mutations/cancel-scan.ts';
import './mutations/check-platform.ts';
import './mutations/complete-upwork-connection.ts';
import './mutations/connect-upwork.ts';
import './mutations/create-api-token.ts';
import './mutations/create-login-link.ts';
import './mutations/create-proposal-draft.ts';
import './mutations/create-saved-search.ts';
import './mutations/delete-proposal-draft.ts';
import './mutations/delete-saved-search.ts';
import './mutations/disconnect-platform.ts';
import './mutations/import-configuration.ts';
import './mutations/mark-proposal-submitted.ts';
import './mutations/pause-scanning.ts';
import './mutations/reset-scan-preferences.ts';
import './mutations/resume-scanning.ts';
import './mutations/revoke-api-token.ts';
import './mutations/run-scan.ts';
import './mutations/submit-proposal.ts';
import './mutations/sync-platform.ts';
import './mutations/triage-jobs.ts';
import './mutations/update-job.ts';
import './mutations/update-proposal-draft.ts';
import './mutations/update-saved-search.ts';
import './mutations/update-scan-preferences.ts';
import './mutations/withdraw-proposal.ts';
import './queries/api-tokens.ts';
import './queries/categories.ts';
import './queries/connection-flow.ts';
import './queries/contract.ts';
import './queries/contracts.ts';
import './queries/coverage.ts';
import './queries/events.ts';
import './queries/export-configuration.ts';
import './queries/job-by-external-id.ts';
import './queries/job.ts';
import './queries/jobs.ts';
import './queries/node.ts';
import './queries/nodes.ts';
import './queries/platform-status.ts';
import './queries/platform-statuses.ts';
import './queries/preview-search.ts';
import './queries/proposal-stats.ts';
import './queries/proposal.ts';
import './queries/proposals.ts';
import './queries/rate-limit.ts';
import './queries/saved-search.ts';
import './queries/saved-searches.ts';
import './queries/scan-diagnosis.ts';
import './queries/scan-latency.ts';
import './queries/scan-preferences.ts';
import './queries/scan.ts';
import './queries/scans.ts';
import './queries/system.ts';
import './queries/viewer.ts';
import './queries/why-not.ts';
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
import { createMeasure } from './measure.ts';
import { printSdl, schemaHashOf } from './sdl.ts';

/** The whole schema: nouns of `schema/`, verbs of the files above. */
export const schema = builder.toSchema();

/** The schema as SDL, with descriptions: the text of `schema.graphql`. */
export const sdl = printSdl(schema);

/** SHA-256 of `sdl`, in hexadecimal. */
export const schemaHash = schemaHashOf(schema);

/** What a valid operation costs at most; asked before it is run. Never throws. */
export const measure = createMeasure(schema);

export { toClientError } from './to-client-error.ts';
