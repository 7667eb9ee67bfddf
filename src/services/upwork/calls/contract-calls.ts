import { z } from 'zod';
import { type UpworkApi, UpworkError } from '../model.ts';

/** A contract as Upwork shows it. Amounts are decimal strings, instants undefined where Upwork wrote none that can be read. */
export interface UpstreamContract {
  readonly externalId: string;
  readonly title: string;
  /** `ACTIVE`, `CLOSED`, `PAUSED`, or something newer. */
  readonly status: string;
  readonly type: 'HOURLY' | 'FIXED_PRICE';
  readonly clientExternalId?: string;
  readonly jobExternalId?: string;
  readonly rate?: { readonly amount: string; readonly currency: string };
  readonly weeklyLimit?: string;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** Undefined where the key may not read them. */
  readonly milestones?: readonly UpstreamMilestone[];
}
export interface UpstreamMilestone {
  readonly externalId: string;
  readonly title: string;
  readonly state: string;
  readonly amount: string;
  readonly funded: string;
  readonly paid: string;
  readonly currency: string;
  readonly dueAt?: Date;
}

/** The calls about contracts (FACTS §9). All throw UpworkError. */
export interface UpworkContracts {
  /** What the work history of a person shows: works with ordinary keys, no milestones. */
  history(personId: string, signal?: AbortSignal): Promise<readonly UpstreamContract[]>;
  /** Whole contracts, ten ids a call. @throws UpworkError `authorization_failed` or `missing_scopes` where the key may not */
  details(ids: readonly string[], signal?: AbortSignal): Promise<readonly UpstreamContract[]>;
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
  talentWorkHistory: z
    .object({
      workHistoryList: z
        .array(
          z
            .object({
              contract: z
                .object({
                  id: z.string(),
                  title: text,
                  status: text,
                  startDate: text,
                  endDate: text,
                  clientOrgId: text,
                  terms: z.object({ hourlyRate: text, fixedAmount: text, jobType: text }).nullish(),
                })
                .nullish(),
            })
            .nullish(),
        )
        .nullish(),
    })
    .nullish(),
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
      fixedPriceTerms: z
        .array(z.object({ fixedAmount: money, milestones: z.array(milestoneShape.nullish()).nullish() }).nullish())
        .nullish(),
    })
    .nullish(),
});
const detailsShape = z.object({ contractList: z.object({ contracts: z.array(z.unknown()).nullish() }).nullish() });

/** The calls over one authenticated API. */
export function createUpworkContracts(api: UpworkApi): UpworkContracts {
  const ask = async (name: string, document: string, variables: Record<string, unknown>, signal?: AbortSignal) => {
    const { data } = await api.request({ name, document, kind: 'query' }, variables, {
      purpose: 'CONTRACTS',
      ...(signal && { signal }),
    });
    return data;
  };
  return {
    history: async (personId, signal) => {
      const data = await ask('ContractHistory', historyDocument, { personId }, signal);
      const parsed = historyShape.safeParse(data);
      if (!parsed.success) throw unknownShape();
      return (parsed.data.talentWorkHistory?.workHistoryList ?? []).flatMap((entry) =>
        entry?.contract ? [fromHistory(entry.contract)] : [],
      );
    },
    details: async (ids, signal) => {
      const found: UpstreamContract[] = [];
      for (let start = 0; start < ids.length; start += idsAtOnce) {
        const data = await ask('ContractsByIds', detailsDocument, { ids: ids.slice(start, start + idsAtOnce) }, signal);
        const parsed = detailsShape.safeParse(data);
        if (!parsed.success) throw unknownShape();
        for (const entry of parsed.data.contractList?.contracts ?? []) {
          const contract = detailShape.safeParse(entry);
          if (contract.success) found.push(fromDetails(contract.data));
        }
      }
      return found;
    },
  };
}

type HistoryContract = NonNullable<
  NonNullable<
    NonNullable<NonNullable<z.infer<typeof historyShape>['talentWorkHistory']>['workHistoryList']>[number]
  >['contract']
>;

/** Amounts are plain strings without a currency here; Upwork's own currency is the dollar. */
function fromHistory(contract: HistoryContract): UpstreamContract {
  const isHourly = contract.terms?.jobType === 'HOURLY' || (!contract.terms?.jobType && !!contract.terms?.hourlyRate);
  const amount = decimal(isHourly ? contract.terms?.hourlyRate : contract.terms?.fixedAmount);
  return {
    externalId: contract.id,
    title: contract.title ?? '',
    status: contract.status ?? 'UNKNOWN',
    type: isHourly ? 'HOURLY' : 'FIXED_PRICE',
    ...(contract.clientOrgId && { clientExternalId: contract.clientOrgId }),
    ...(amount !== undefined && { rate: { amount, currency: 'USD' } }),
    ...dates(contract.startDate, contract.endDate),
  };
}

function fromDetails(contract: z.infer<typeof detailShape>): UpstreamContract {
  const hourly = (contract.terms?.hourlyTerms ?? []).filter((term) => term != null);
  const fixed = (contract.terms?.fixedPriceTerms ?? []).filter((term) => term != null);
  const isHourly = hourly.length > 0 || fixed.length === 0;
  // Terms are lists: the one without an end is in force, else the last.
  const current = hourly.find(({ endDate }) => !endDate) ?? hourly.at(-1);
  const price = isHourly ? current?.hourlyRate : fixed.at(-1)?.fixedAmount;
  const amount = decimal(price?.rawValue);
  const limit = contract.hourlyLimits?.find((entry) => entry && !entry.endDate)?.weeklyLimit;
  const milestones = fixed
    .flatMap((term) => term.milestones ?? [])
    .filter((part) => part != null)
    .sort((a, b) => (a.sequenceId ?? 0) - (b.sequenceId ?? 0));
  return {
    externalId: contract.id,
    title: contract.title ?? '',
    status: contract.status ?? 'UNKNOWN',
    type: isHourly ? 'HOURLY' : 'FIXED_PRICE',
    ...(contract.clientOrganization && { clientExternalId: contract.clientOrganization.id }),
    ...(contract.job && { jobExternalId: contract.job.id }),
    ...(amount !== undefined && { rate: { amount, currency: price?.currency ?? 'USD' } }),
    ...(decimal(limit) !== undefined && { weeklyLimit: decimal(limit) as string }),
    ...dates(contract.startDate, contract.endDate),
    ...(!isHourly && { milestones: milestones.map((part) => toMilestone(part, price?.currency ?? 'USD')) }),
  };
}

function toMilestone(part: z.infer<typeof milestoneShape>, currency: string): UpstreamMilestone {
  const dueAt = instant(part.dueDateTime);
  return {
    externalId: part.id,
    title: part.description ?? '',
    state: part.state ?? '',
    amount: decimal(part.depositAmount?.rawValue) ?? '0',
    funded: decimal(part.fundedAmount?.rawValue) ?? '0',
    paid: decimal(part.paid?.rawValue) ?? '0',
    currency: part.depositAmount?.currency ?? currency,
    ...(dueAt && { dueAt }),
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
