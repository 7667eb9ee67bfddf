import { upworkDate } from '../clock.ts';
import { accountOf } from '../oauth/accounts.ts';
import { hash } from '../random.ts';
import type { Settings } from '../settings.ts';
import type { Contracts } from '../world/contracts.ts';
import type { Contract, Milestone } from '../world/proposal.ts';
import type { World } from '../world/world.ts';
import { organizationAnswer } from './identity-queries.ts';
import { companyId, money } from './job-answers.ts';
import type { Caller } from './job-queries.ts';
import { refusal } from './upwork-error.ts';

/** Reasons a contract may end by; their real ids are unknown. */
const reasons = ['Job was completed successfully', 'Client is not responsive', 'Job was cancelled by the client'];

interface HistoryArguments {
  filter?: { personId: string; status?: (string | null)[] | null } | null;
}

/** Contracts, where the key may read them, and the work history, where not (FACTS §9). */
export function createContractQueries(world: World, contracts: Contracts, settings: Settings) {
  const allowed = () => {
    // The product tier, not a scope (FACTS §3.1).
    if (settings.contracts === 'denied') throw refusal('Authorization failed', 'DataFetchingException');
  };
  const own = ({ account }: Caller) => contracts.list().filter((contract) => contract.account === account.key);
  const find = (id: string, caller: Caller) => own(caller).find((contract) => contract.id === id);
  const answer = (contract: Contract) => contractAnswer(contract, world);

  return {
    contractDetails: ({ id }: { id: string }, caller: Caller) => {
      allowed();
      const contract = find(id, caller);
      if (!contract) throw refusal('404 Not Found: contract not found', 'DataFetchingException');
      return answer(contract);
    },
    contractList: ({ ids }: { ids?: string[] | null }, caller: Caller) => {
      allowed();
      return {
        contracts: own(caller)
          .filter(({ id }) => ids?.includes(id) ?? true)
          .map(answer),
      };
    },
    vendorContracts: (
      {
        filter,
        paging,
      }: {
        filter: { vendorId: string; contractStatuses?: string[] | null };
        paging?: { limit?: number; offset?: number } | null;
      },
      caller: Caller,
    ) => {
      allowed();
      const { limit = 10, offset = 0 } = paging ?? {};
      const found = own(caller).filter(({ status }) => filter.contractStatuses?.includes(status) ?? true);
      return { paging: { limit, offset }, contracts: found.slice(offset, offset + limit).map(answer) };
    },
    talentWorkHistory: ({ filter }: HistoryArguments, caller: Caller) => {
      if (filter?.personId !== caller.account.id) return { workHistoryList: [], totalCount: 0 };
      const found = own(caller).filter(({ status }) => filter.status?.includes(status) ?? true);
      return { workHistoryList: found.map(historyAnswer), totalCount: found.length };
    },
    reasons: () => reasons.map((reason) => ({ id: String(hash(reason)), reason, alias: reason })),
    endContractByFreelancer: (
      { contractId, input }: { contractId: string; input: { reasonRef: string } },
      caller: Caller,
    ) => {
      const contract = find(contractId, caller);
      if (!contract) throw refusal('404 Not Found: contract not found', 'DataFetchingException');
      contracts.move(
        contractId,
        'CLOSED',
        reasons.find((reason) => String(hash(reason)) === input.reasonRef),
      );
      return { success: true };
    },
  };
}

const dateOf = (at: number | null) => (at === null ? null : upworkDate(at));

function contractAnswer(contract: Contract, world: World): Record<string, unknown> {
  const account = accountOf(contract.account);
  const [organization] = account.organizations;
  const client = { ...organizationAnswer(organization), id: companyId(contract.postingId), rid: null, legacyId: null };
  const clientOrganization = { ...client, name: contract.clientName, type: 'BUSINESS', legacyType: 'CLIENT' };
  const posting = world.find(contract.postingId);
  const terms = {
    id: contract.id,
    createDate: dateOf(contract.startedAt),
    modifyDate: dateOf(contract.modifiedAt),
    startDate: dateOf(contract.startedAt),
    endDate: dateOf(contract.endedAt),
    jobType: contract.jobType,
  };
  const isHourly = contract.jobType === 'HOURLY';
  return {
    id: contract.id,
    title: contract.title,
    status: contract.status,
    closingReason:
      contract.closingReason === null
        ? null
        : { id: String(hash(contract.closingReason)), apiRef: null, reason: contract.closingReason },
    deliveryModel: 'TALENT_MARKETPLACE',
    kind: null,
    createDate: dateOf(contract.startedAt),
    modifyDate: dateOf(contract.modifiedAt),
    startDate: dateOf(contract.startedAt),
    endDate: dateOf(contract.endedAt),
    offerId: null,
    job: {
      id: contract.postingId,
      content: posting ? { title: posting.title, description: posting.description } : null,
    },
    freelancer: {
      id: account.id,
      rid: account.rid,
      name: account.name,
      photoUrl: null,
      firstName: null,
      lastName: null,
    },
    vendorOrganization: organizationAnswer(organization),
    vendorTeam: organizationAnswer(organization),
    clientOrganization,
    clientTeam: clientOrganization,
    hourlyLimits:
      contract.weeklyLimit === null ? [] : [{ ...terms, weeklyLimit: String(contract.weeklyLimit), legacyId: null }],
    terms: {
      hourlyTerms: isHourly
        ? [{ ...terms, hourlyRate: money(contract.amount, contract.currency), manualTimeAllowed: true }]
        : [],
      fixedPriceTerms: isHourly
        ? []
        : [
            {
              ...terms,
              fixedAmount: money(contract.amount, contract.currency),
              milestones: contract.milestones.map((milestone, index) => milestoneAnswer(milestone, index, contract)),
            },
          ],
    },
  };
}

function milestoneAnswer(milestone: Milestone, index: number, { currency }: Contract): Record<string, unknown> {
  const isFunded = ['Active', 'Submitted', 'Rejected'].includes(milestone.state);
  const isPaid = milestone.state === 'Paid';
  return {
    id: milestone.id,
    dueDateTime: dateOf(milestone.dueAt),
    state: milestone.state,
    description: milestone.description,
    currentEscrowAmount: money(isFunded ? milestone.amount : 0, currency),
    depositAmount: money(milestone.amount, currency),
    fundedAmount: money(isFunded || isPaid ? milestone.amount : 0, currency),
    paid: money(isPaid ? milestone.amount : 0, currency),
    bonus: null,
    submissionCount: ['Submitted', 'Rejected', 'Paid'].includes(milestone.state) ? 1 : 0,
    sequenceId: index + 1,
    createdDateTime: null,
    modifiedDateTime: dateOf(milestone.modifiedAt),
    instructions: null,
  };
}

/** Amounts are plain strings here (FACTS §9). */
function historyAnswer(contract: Contract): Record<string, unknown> {
  const isHourly = contract.jobType === 'HOURLY';
  return {
    contract: {
      id: contract.id,
      startDate: dateOf(contract.startedAt),
      endDate: dateOf(contract.endedAt),
      status: contract.status,
      clientTeamId: companyId(contract.postingId),
      clientOrgId: companyId(contract.postingId),
      title: contract.title,
      createDate: dateOf(contract.startedAt),
      terms: {
        hourlyRate: isHourly ? String(contract.amount) : null,
        fixedAmount: isHourly ? null : String(contract.amount),
        jobType: contract.jobType,
        stipendAmount: null,
      },
    },
    contractAggregate: { totalCharge: null, hours: null },
  };
}
