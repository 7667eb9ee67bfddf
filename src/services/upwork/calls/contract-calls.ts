import { z } from 'zod';
import { type FieldFigures, type UpworkApi, UpworkError } from '../model.ts';
import { at, elements, field } from '../reading/read-value.ts';

/** A contract as Upwork shows it. Amounts are decimal strings, instants undefined where Upwork wrote none that can be read. */
export interface UpstreamContract {
  readonly externalId: string;
  readonly title: string;
  /** `ACTIVE`, `CLOSED`, `PAUSED`, or something newer. */
  readonly status: string;
  /** Undefined where the terms could not be read. */
  readonly type?: 'HOURLY' | 'FIXED_PRICE';
  readonly clientExternalId?: string;
  readonly jobExternalId?: string;
  readonly rate?: { readonly amount: string; readonly currency: string };
  readonly weeklyLimit?: string;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** Undefined where the key may not read them, or they came in no shape that is known. */
  readonly milestones?: readonly UpstreamMilestone[];
  /** Every milestone there is stands in `milestones`: one that does not is gone. */
  readonly hasAllMilestones?: boolean;
}
/** What is absent was not told; where `hasAllMilestones` says that all was, an absent date is none. */
export interface UpstreamMilestone {
  readonly externalId: string;
  readonly title?: string;
  readonly state?: string;
  readonly amount?: string;
  readonly funded?: string;
  readonly paid?: string;
  readonly currency: string;
  readonly dueAt?: Date;
}

/** Contracts, and sentences about what could not be read. Nothing unread: what is not there is not there. */
export interface ContractListing {
  readonly contracts: readonly UpstreamContract[];
  readonly unread: readonly string[];
}

/** The calls about contracts (FACTS §9). All throw UpworkError. */
export interface UpworkContracts {
  /** What the work history of a person shows: works with ordinary keys, no milestones. */
  history(personId: string, signal?: AbortSignal): Promise<ContractListing>;
  /** Whole contracts, ten ids a call. @throws UpworkError `authorization_failed` or `missing_scopes` where the key may not */
  details(ids: readonly string[], signal?: AbortSignal): Promise<ContractListing>;
}

const historyDocument = `query ContractHistory($personId: ID!) {
  talentWorkHistory(filter: { personId: $personId, status: [ACTIVE, PAUSED, CLOSED] }) {
    workHistoryList { contract { id title status startDate endDate clientOrgId terms { hourlyRate fixedAmount jobType } } }
  }
}`;
const detailsDocument = `query ContractsByIds($ids: [ID!]) {
  contractList(ids: $ids) {
    contracts {
      id title status startDate endDate
      clientOrganization { id }
      job { id }
      hourlyLimits { weeklyLimit endDate }
      terms {
        hourlyTerms { hourlyRate { rawValue currency } endDate }
        fixedPriceTerms {
          fixedAmount { rawValue currency }
          milestones { id description state sequenceId dueDateTime depositAmount { rawValue currency } fundedAmount { rawValue } paid { rawValue } }
        }
      }
    }
  }
}`;
/** Ids a call, as used live (FACTS §9). */
const idsAtOnce = 10;

const text = z.string().nullish();
const money = z.object({ rawValue: z.string(), currency: text }).nullish();
const historyShape = z.object({
  id: z.string(),
  title: text,
  status: text,
  startDate: text,
  endDate: text,
  clientOrgId: text,
  terms: z.object({ hourlyRate: text, fixedAmount: text, jobType: text }).nullish(),
});
const milestoneShape = z.object({
  id: z.string(),
  description: text,
  state: text,
  sequenceId: z.number().nullish(),
  dueDateTime: text,
  depositAmount: money,
  fundedAmount: money,
  paid: money,
});
const detailShape = z.object({
  id: z.string(),
  title: text,
  status: text,
  startDate: text,
  endDate: text,
  clientOrganization: z.object({ id: z.string() }).nullish(),
  job: z.object({ id: z.string() }).nullish(),
  hourlyLimits: z.array(z.object({ weeklyLimit: text, endDate: text }).nullish()).nullish(),
  terms: z
    .object({
      hourlyTerms: z.array(z.object({ hourlyRate: money, endDate: text }).nullish()).nullish(),
      fixedPriceTerms: z.array(z.object({ fixedAmount: money, milestones: z.unknown() }).nullish()).nullish(),
    })
    .nullish(),
});

/** The calls over one authenticated API. `figures` hears how contracts came. */
export function createUpworkContracts(api: UpworkApi, figures?: FieldFigures): UpworkContracts {
  const count = (value: unknown, isRead: boolean) =>
    figures?.note([
      value === null || value === undefined
        ? { field: 'contract', outcome: 'null' }
        : isRead
          ? { field: 'contract', outcome: 'read' }
          : { field: 'contract', outcome: 'unreadable', value: Object.keys(Object(value)).join(' ') },
    ]);
  const ask = (name: string, document: string, variables: Record<string, unknown>, signal?: AbortSignal) =>
    api.request({ name, document, kind: 'query' }, variables, { purpose: 'CONTRACTS', ...(signal && { signal }) });
  return {
    history: async (personId, signal) => {
      const { data, fieldErrors } = await ask('ContractHistory', historyDocument, { personId }, signal);
      const entries = elements(at(data, 'talentWorkHistory', 'workHistoryList'));
      if (!entries) throw unknownShape();
      const contracts: UpstreamContract[] = [];
      const unread = [...fieldErrors];
      for (const entry of entries) {
        const contract = historyShape.safeParse(field(entry, 'contract'));
        count(field(entry, 'contract'), contract.success);
        if (contract.success) contracts.push(fromHistory(contract.data));
        else unread.push('An entry of the work history came without its contract.');
      }
      return { contracts, unread };
    },
    details: async (ids, signal) => {
      const contracts: UpstreamContract[] = [];
      const unread: string[] = [];
      for (let start = 0; start < ids.length; start += idsAtOnce) {
        const some = ids.slice(start, start + idsAtOnce);
        const { data, fieldErrors } = await ask('ContractsByIds', detailsDocument, { ids: some }, signal);
        const entries = elements(at(data, 'contractList', 'contracts'));
        if (!entries) throw unknownShape();
        unread.push(...fieldErrors);
        for (const entry of entries) {
          const contract = detailShape.safeParse(entry);
          count(entry, contract.success);
          if (contract.success) contracts.push(fromDetails(contract.data, fieldErrors.length === 0, unread));
          else unread.push('A contract came in a shape Prospector does not know.');
        }
      }
      return { contracts, unread };
    },
  };
}

/** Amounts are plain strings without a currency here; Upwork's own currency is the dollar. */
function fromHistory({ id, title, status, terms, ...contract }: z.infer<typeof historyShape>): UpstreamContract {
  const type = terms && (terms.jobType === 'HOURLY' || (!terms.jobType && terms.hourlyRate) ? 'HOURLY' : 'FIXED_PRICE');
  const amount = decimal(type === 'HOURLY' ? terms?.hourlyRate : terms?.fixedAmount);
  return {
    externalId: id,
    title: title ?? '',
    status: status ?? 'UNKNOWN',
    ...(type && { type }),
    ...(contract.clientOrgId && { clientExternalId: contract.clientOrgId }),
    ...(amount !== undefined && { rate: { amount, currency: 'USD' } }),
    ...dates(contract.startDate, contract.endDate),
  };
}

/** @param isClean no error came beside the data; `unread` gains what could not be read */
function fromDetails(contract: z.infer<typeof detailShape>, isClean: boolean, unread: string[]): UpstreamContract {
  const hourly = (contract.terms?.hourlyTerms ?? []).filter((term) => term != null);
  const fixed = (contract.terms?.fixedPriceTerms ?? []).filter((term) => term != null);
  const type = hourly.length > 0 ? 'HOURLY' : fixed.length > 0 ? 'FIXED_PRICE' : undefined;
  // Terms are lists: the one without an end is in force, else the last.
  const current = hourly.find(({ endDate }) => !endDate) ?? hourly.at(-1);
  const price = type === 'HOURLY' ? current?.hourlyRate : fixed.at(-1)?.fixedAmount;
  const amount = decimal(price?.rawValue);
  const limit = contract.hourlyLimits?.find((entry) => entry && !entry.endDate)?.weeklyLimit;
  if (!type) unread.push(`The terms of contract ${contract.id} could not be read.`);
  return {
    externalId: contract.id,
    title: contract.title ?? '',
    status: contract.status ?? 'UNKNOWN',
    ...(type && { type }),
    ...(contract.clientOrganization && { clientExternalId: contract.clientOrganization.id }),
    ...(contract.job && { jobExternalId: contract.job.id }),
    ...(amount !== undefined && { rate: { amount, currency: price?.currency ?? 'USD' } }),
    ...(decimal(limit) !== undefined && { weeklyLimit: decimal(limit) as string }),
    ...dates(contract.startDate, contract.endDate),
    ...(type === 'FIXED_PRICE' && milestonesOf(contract.id, fixed, price?.currency ?? 'USD', isClean, unread)),
  };
}

function milestonesOf(
  id: string,
  terms: readonly { readonly milestones?: unknown }[],
  currency: string,
  isClean: boolean,
  unread: string[],
): Pick<UpstreamContract, 'milestones' | 'hasAllMilestones'> {
  const lists = terms.map(({ milestones }) => elements(milestones));
  const parts = lists.flatMap((list) => list ?? []).map((part) => milestoneShape.safeParse(part).data);
  const readable = parts.filter((part) => part !== undefined);
  const isWhole =
    lists.every((list) => list !== undefined) && readable.length === parts.length && readable.every(isReadable);
  if (!isWhole) unread.push(`Milestones of contract ${id} could not be read.`);
  if (lists.every((list) => list === undefined)) return {};
  const sorted = readable.sort((a, b) => (a.sequenceId ?? 0) - (b.sequenceId ?? 0));
  return {
    milestones: sorted.map((part) => toMilestone(part, currency)),
    hasAllMilestones: isWhole && isClean,
  };
}

/** Whether everything that is told can be read: a date in another format is not the end of the date. */
function isReadable({ dueDateTime, depositAmount, fundedAmount, paid }: z.infer<typeof milestoneShape>): boolean {
  const amounts = [depositAmount, fundedAmount, paid].map((amount) => amount?.rawValue);
  return (
    (!dueDateTime || instant(dueDateTime) !== undefined) &&
    amounts.every((amount) => !amount || decimal(amount) !== undefined)
  );
}

function toMilestone(part: z.infer<typeof milestoneShape>, currency: string): UpstreamMilestone {
  const values = {
    title: part.description ?? undefined,
    state: part.state ?? undefined,
    amount: decimal(part.depositAmount?.rawValue),
    funded: decimal(part.fundedAmount?.rawValue),
    paid: decimal(part.paid?.rawValue),
    dueAt: instant(part.dueDateTime),
  };
  return {
    externalId: part.id,
    currency: part.depositAmount?.currency ?? currency,
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
  };
}

function dates(start: string | null | undefined, end: string | null | undefined) {
  const startedAt = instant(start);
  const endedAt = instant(end);
  return { ...(startedAt && { startedAt }), ...(endedAt && { endedAt }) };
}

/** Formats are not published (FACTS §14.8): ISO 8601 with or without a colon in the offset, or epoch milliseconds. */
function instant(value: string | null | undefined): Date | undefined {
  if (!value) return undefined;
  const ms = /^\d{12,13}$/.test(value) ? Number(value) : Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return ms > 946_684_800_000 && ms < 4_102_444_800_000 ? new Date(ms) : undefined;
}

function decimal(value: string | null | undefined): string | undefined {
  if (!value || !/^\d{1,12}(?:\.\d{1,8})?$/.test(value)) return undefined;
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

function unknownShape(): UpworkError {
  return new UpworkError('unexpected_response', 'Upwork described contracts in a shape Prospector does not know.');
}
