import type { AccessService } from './access/model.ts';
import type { AuditTrail } from './audit/model.ts';
import type { Budget } from './budget/model.ts';
import type { ConfigurationService } from './configuration/model.ts';
import type { ConnectionService } from './connection/model.ts';
import type { ContractService } from './contracts/model.ts';
import type { EventLog } from './events/model.ts';
import type { JobService } from './jobs/model.ts';
import type { PreferencesService } from './preferences/model.ts';
import type { PreviewService } from './preview/model.ts';
import type { ProposalService } from './proposals/model.ts';
import type { ScannerService } from './scanner/model.ts';
import type { SearchService } from './searches/model.ts';
import type { Sentinel } from './sentinel/model.ts';
import type { SyncService } from './sync/model.ts';
import type { SystemService } from './system/model.ts';
import type { CategoryNode } from './upwork/model.ts';

/** Everything the API can ask for. Built by `createServices`, handed to resolvers through the context. */
export interface Services {
  readonly access: AccessService;
  readonly audit: AuditTrail;
  readonly budget: Budget;
  readonly configuration: ConfigurationService;
  readonly connection: ConnectionService;
  readonly contracts: ContractService;
  readonly events: EventLog;
  readonly jobs: JobService;
  readonly preferences: PreferencesService;
  readonly preview: PreviewService;
  readonly proposals: ProposalService;
  readonly scanner: ScannerService;
  readonly searches: SearchService;
  readonly sentinel: Sentinel;
  readonly sync: SyncService;
  readonly system: SystemService;
  /** The platform's category tree: as kept, else fetched once. @throws DomainError PLATFORM_NOT_CONNECTED when neither is possible */
  readonly categories: () => Promise<readonly CategoryNode[]>;
}
