import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { ConnectionService } from '../connection/model.ts';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { Job, JobService } from '../jobs/model.ts';
import type { PreferencesService } from '../preferences/model.ts';
import type { UpworkProposals } from '../upwork/calls/proposal-calls.ts';
import type { UpworkIdentity } from '../upwork/model.ts';
import type { Templates } from './drafting/templates.ts';
import type { Proposal } from './model.ts';
import type { ProposalRow } from './proposal-row.ts';
import type { ProposalStore } from './store.ts';

/** What the parts of the proposal service share. */
export interface ProposalDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventLog;
  readonly jobs: Pick<JobService, 'byId' | 'byExternalId' | 'update'>;
  /** The job of an id that is not stored: a row without content, so that a proposal made elsewhere has its job. */
  readonly rememberJob: (externalId: string, title: string) => Job;
  readonly upwork: UpworkProposals;
  /** Read anew before each submission: it names who applies. @throws UpworkError */
  readonly identity: () => Promise<UpworkIdentity>;
  readonly connection: Pick<ConnectionService, 'status'>;
  readonly preferences: Pick<PreferencesService, 'current'>;
  readonly templates: Templates;
  readonly store: ProposalStore;
  /** The proposal of a row, with what only the service knows. */
  readonly present: (row: ProposalRow) => Proposal;
}
