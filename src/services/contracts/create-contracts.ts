import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Random } from '../../random.ts';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { JobService } from '../jobs/model.ts';
import { createConditions } from '../paging/conditions.ts';
import { type Keyed, mapNodes, readPage } from '../paging/read-page.ts';
import type { ContractListing, UpstreamContract, UpworkContracts } from '../upwork/calls/contract-calls.ts';
import { UpworkError, type UpworkIdentity } from '../upwork/model.ts';
import { type ContractRow, contractColumns, toContract, toMilestone } from './contract-row.ts';
import type { ContractFilter, ContractOrder, ContractService } from './model.ts';
import { unfinished } from './statuses.ts';
import { createContractStore } from './store.ts';

/** What the service needs. */
export interface ContractDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  readonly log: Log;
  readonly events: Pick<EventLog, 'append' | 'announce'>;
  readonly jobs: Pick<JobService, 'byExternalId'>;
  /** The proposal that led to a job, if one is known. */
  readonly proposalOfJob: (jobExternalId: string) => string | undefined;
  readonly upwork: UpworkContracts;
  /** @throws UpworkError */
  readonly identity: () => Promise<UpworkIdentity>;
}

const orderKeys: Readonly<Record<ContractOrder['field'], string>> = {
  STARTED_AT: 'coalesce(started_at, 0)',
  UPDATED_AT: 'updated_at',
  EARNED: 'coalesce(earned, -1)',
};
const nothing: ContractListing = { contracts: [], unread: [] };
const hourMs = 3_600_000;
/** How near a due date is announced, the nearest first; a later stage silences the earlier ones. */
const stages = [
  { name: 'overdue', withinMs: 0 },
  { name: 'dueIn24h', withinMs: 24 * hourMs },
  { name: 'dueIn48h', withinMs: 48 * hourMs },
] as const;

/** Contracts as Upwork shows them to this key. */
export function createContracts(deps: ContractDeps): ContractService {
  const { db, clock, log, events, jobs } = deps;
  const store = createContractStore(db, clock, deps.random);
  const present = (row: ContractRow) =>
    toContract(
      row,
      store.milestones(row.id),
      row.jobExternalId === null ? undefined : jobs.byExternalId(row.jobExternalId),
      clock.now(),
    );
  const maybe = (row: ContractRow | undefined) => row && present(row);
  const where = (filter: ContractFilter | null | undefined) =>
    createConditions()
      .among('status', filter?.statuses)
      .among('type', filter?.types)
      .within('started_at', filter?.startedAt);

  const keep = (found: readonly UpstreamContract[], source: ContractRow['source']): number => {
    const changed = db.transaction(() => {
      let count = 0;
      for (const upstream of found) {
        const proposalId =
          upstream.jobExternalId === undefined ? undefined : deps.proposalOfJob(upstream.jobExternalId);
        const noted = store.note(upstream, source, proposalId);
        if (!noted) continue;
        if (noted.changed.length > 0)
          events.append({ type: 'CONTRACT_UPDATED', subjectId: noted.id, changed: noted.changed });
        for (const part of noted.milestones)
          events.append({ type: 'CONTRACT_UPDATED', subjectId: noted.id, milestoneId: part.id, changed: part.changed });
        if (noted.changed.length + noted.milestones.length > 0) count += 1;
      }
      return count;
    });
    events.announce();
    return changed;
  };

  return {
    byId: (id) => maybe(store.byId(id)),
    milestone: (id) => {
      const row = store.milestone(id);
      return row && toMilestone(row, clock.now());
    },
    ofProposal: (proposalId) => maybe(store.ofProposal(proposalId)),
    list: ({ filter, orderBy, ...page }) => {
      const { text, values } = where(filter);
      const rows = readPage<ContractRow & Keyed>(db, {
        from: `SELECT ${contractColumns}, ${orderKeys[orderBy.field]} AS page_key FROM contracts WHERE ${text}`,
        values,
        order: `${orderBy.field} ${orderBy.direction}`,
        isAscending: orderBy.direction === 'ASC',
        page,
      });
      return mapNodes(rows, present);
    },
    count: (filter) => {
      const { text, values } = where(filter);
      return db.sql.prepare(`SELECT count(*) FROM contracts WHERE ${text}`).pluck().get(values) as number;
    },
    sync: async (signal) => {
      const { userId } = await deps.identity();
      const history = await deps.upwork.history(userId, signal).catch(mayNot);
      const told = history?.contracts ?? [];
      const known = store.all().map(({ externalId }) => externalId);
      const ids = [...new Set([...told.map(({ externalId }) => externalId), ...known])];
      const details = ids.length === 0 ? nothing : await deps.upwork.details(ids, signal).catch(mayNot);
      const unread = [...(history?.unread ?? []), ...(details?.unread ?? [])];
      if (unread.length > 0) log.warn({ problems: unread }, "Upwork's contracts could not be read whole");
      // Without the history there is no way to learn of a contract's id.
      if (history === undefined && (details === undefined || ids.length === 0))
        throw new UpworkError(
          'missing_scopes',
          'The key may read neither contracts nor the work history. Tick "Contract - Read and Write Access" or "Talent Profile - Read And Write Access" on its form.',
        );
      if (details === undefined)
        return { source: 'work_history', seen: told.length, changed: keep(told, 'work_history'), unread };
      const detailed = new Set(details.contracts.map(({ externalId }) => externalId));
      const rest = told.filter(({ externalId }) => !detailed.has(externalId));
      const changed = keep(details.contracts, 'contract_list') + keep(rest, 'work_history');
      return { source: 'contract_list', seen: details.contracts.length + rest.length, changed, unread };
    },
    purgeAll: store.clear,
    announceDue: () => {
      const count = db.transaction(() => {
        let announced = 0;
        for (const part of store.datedMilestones()) {
          if (part.contractStatus !== 'ACTIVE' || !unfinished.includes(part.status) || part.dueAt === null) continue;
          const leftMs = part.dueAt - clock.now().getTime();
          const reached = stages.findIndex(({ withinMs }) => leftMs <= withinMs);
          const before = stages.findIndex(({ name }) => name === part.announced);
          const stage = stages[reached];
          if (!stage || (before !== -1 && before <= reached)) continue;
          store.markAnnounced(part.id, stage.name);
          events.append({
            type: 'CONTRACT_UPDATED',
            subjectId: part.contractId,
            milestoneId: part.id,
            changed: [stage.name],
          });
          announced += 1;
        }
        return announced;
      });
      if (count > 0) events.announce();
      return count;
    },
  };
}

/** Undefined where the key may not; what else went wrong goes on. */
function mayNot(error: unknown): undefined {
  if (error instanceof UpworkError && (error.code === 'missing_scopes' || error.code === 'authorization_failed'))
    return undefined;
  throw error;
}
