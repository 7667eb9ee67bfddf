import type {
  AuthExpired,
  AuthRestored,
  ConnectionFlowUpdated,
  PlatformStatusChanged,
} from '../../schema/connection/connection-events.ts';
import type { NodeChanged } from '../../schema/events/node-changed.ts';
import type { JobPosted, JobUpdated } from '../../schema/jobs/job-events.ts';
import type { ContractUpdated, ProposalUpdated } from '../../schema/proposals/proposal-events.ts';
import type { ScanProgress } from '../../schema/scans/scan-events.ts';
import type { PlatformStatus } from '../../services/connection/model.ts';
import type { FollowedEvent, StatusAtEvent } from '../../services/events/model.ts';
import type { Services } from '../../services/model.ts';

/** An event as clients get it. */
export type DeliveredEvent =
  | JobPosted
  | JobUpdated
  | AuthExpired
  | AuthRestored
  | PlatformStatusChanged
  | ConnectionFlowUpdated
  | ScanProgress
  | ProposalUpdated
  | ContractUpdated
  | NodeChanged;

/** An entry of the log with its subject as it is now; undefined when the subject has been deleted since. */
export function deliverEvent(event: FollowedEvent, services: Services): DeliveredEvent | undefined {
  const { id, cursor, occurredAt, replayed } = event;
  const envelope = { id, cursor, occurredAt, replayed };
  switch (event.type) {
    case 'JOB_POSTED': {
      const job = services.jobs.byId(event.subjectId);
      if (!job) return undefined;
      const scan = event.scanId === undefined ? undefined : services.scanner.scan(event.scanId);
      const matchedSearches = event.searchIds.flatMap((searchId) => services.searches.byId(searchId) ?? []);
      return { ...envelope, type: event.type, job, matchedSearches, ...(scan && { scan }) };
    }
    case 'JOB_UPDATED': {
      const job = services.jobs.byId(event.subjectId);
      return job && { ...envelope, type: event.type, job, changed: event.changed };
    }
    case 'AUTH_EXPIRED': {
      const { type, reason, message } = event;
      return { ...envelope, type, reason, message, platformStatus: statusThen(services, event.status) };
    }
    case 'AUTH_RESTORED': {
      const platformStatus = statusThen(services, event.status);
      if (!event.gap) return { ...envelope, type: event.type, platformStatus };
      const gap = { from: new Date(event.gap.from), to: new Date(event.gap.to), cause: 'AUTH_EXPIRED' as const };
      return { ...envelope, type: event.type, platformStatus, gap };
    }
    case 'PLATFORM_STATUS_CHANGED': {
      const { type, previous } = event;
      return { ...envelope, type, previous, platformStatus: statusThen(services, event.status) };
    }
    case 'CONNECTION_FLOW_UPDATED': {
      const flow = services.connection.flow(event.subjectId);
      return flow && { ...envelope, type: event.type, flow: { ...flow, status: event.status } };
    }
    case 'SCAN_PROGRESS': {
      const scan = services.scanner.scan(event.subjectId);
      const { type, phase, percent, message } = event;
      return scan && { ...envelope, type, scan, phase, percent, ...(message !== undefined && { message }) };
    }
    case 'PROPOSAL_UPDATED': {
      const proposal = services.proposals.byId(event.subjectId);
      if (!proposal) return undefined;
      const { type, previous, status = proposal.status } = event;
      return { ...envelope, type, proposal: { ...proposal, status }, status, ...(previous && { previous }) };
    }
    case 'CONTRACT_UPDATED': {
      const contract = services.contracts.byId(event.subjectId);
      const milestone = contract?.milestones.find(({ id: milestoneId }) => milestoneId === event.milestoneId);
      const { type, changed } = event;
      return contract && { ...envelope, type, contract, changed, ...(milestone && { milestone }) };
    }
    case 'NODE_CHANGED': {
      const { type, subjectId, change, changed } = event;
      return { ...envelope, type, nodeId: subjectId, change, changed };
    }
  }
}

function statusThen(services: Services, then: StatusAtEvent): PlatformStatus {
  return { ...services.connection.status(), ...then, statusChangedAt: new Date(then.statusChangedAt) };
}
