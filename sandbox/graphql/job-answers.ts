import { upworkDate } from '../clock.ts';
import { hash } from '../random.ts';
import { categories, findCategory, findSubcategory } from '../world/categories.ts';
import { applicantsAt, type Posting } from '../world/posting.ts';
import { skillId, skillSlug } from './search.ts';

const durationLabels = {
  WEEK: ['Less than 1 month', 3],
  MONTH: ['1 to 3 months', 9],
  QUARTER: ['3 to 6 months', 18],
  SEMESTER: ['More than 6 months', 26],
  ONGOING: ['More than 6 months', 52],
} as const;

/** An amount as Upwork writes it: a decimal string with at least one digit after the point, `displayValue` the same (FACTS §5). */
export function money(amount: number, currency = 'USD'): { rawValue: string; currency: string; displayValue: string } {
  const rawValue = Number.isInteger(amount) ? amount.toFixed(1) : String(amount);
  return { rawValue, currency, displayValue: rawValue };
}

/** The node of a search result. Its numbers are those of `now`; `applied` is the caller's. */
export function searchNode(posting: Posting, now: number, applied: boolean): Record<string, unknown> {
  const category = findCategory(posting.categoryId);
  const place = findSubcategory(posting.subcategoryId);
  const isHourly = posting.jobType === 'HOURLY';
  return {
    id: posting.id,
    ciphertext: `~02${posting.id}`,
    recordNumber: posting.id,
    relevanceEncoded: '{}',
    title: posting.title,
    description: posting.description,
    createdDateTime: upworkDate(posting.createdAt),
    publishedDateTime: upworkDate(posting.publishedAt),
    renewedDateTime: posting.renewedAt === null ? null : upworkDate(posting.renewedAt),
    duration: posting.duration,
    durationLabel: posting.duration && durationLabels[posting.duration][0],
    engagement: posting.engagement,
    engagementDuration: engagementDuration(posting),
    amount: money(posting.fixedAmount, posting.currency),
    weeklyBudget: money(0, posting.currency),
    hourlyBudgetType: isHourly ? budgetType(posting) : null,
    hourlyBudgetMin: posting.hourlyMin === null ? null : money(posting.hourlyMin, posting.currency),
    hourlyBudgetMax: posting.hourlyMax === null ? null : money(posting.hourlyMax, posting.currency),
    experienceLevel: posting.experienceLevel,
    category: category?.slug ?? null,
    subcategory: place?.subcategory.slug ?? null,
    // subCategories came back null in every real answer (FACTS §5).
    occupations: category ? { category: { id: category.id, prefLabel: category.label }, subCategories: null } : null,
    freelancersToHire: posting.freelancersToHire,
    totalFreelancersToHire: null,
    totalApplicants: applicantsAt(posting, now),
    preferredFreelancerLocation: posting.preferredFreelancerLocation,
    preferredFreelancerLocationMandatory: posting.preferredFreelancerLocationMandatory,
    premium: posting.premium,
    enterprise: posting.enterprise,
    applied,
    skills: posting.skills.map((skill) => ({
      id: skillId(skill),
      name: skillSlug(skill),
      prettyName: skill,
      highlighted: false,
    })),
    client: searchClient(posting),
    job: () => jobDetail(posting, now),
  };
}

function searchClient({ client, id }: Posting): Record<string, unknown> {
  const { totalSpent, country, city, state, timezone, ...counts } = client;
  const number = String(hash(id));
  return {
    ...counts,
    totalSpent: money(totalSpent),
    location: { country, city, state, timezone, offsetToUTC: null },
    companyRid: number,
    companyOrgUid: companyId(id),
    edcUserId: number,
    hasFinancialPrivacy: false,
  };
}

/** A `MarketplaceJobPosting`: floats for hourly budgets, Money for fixed ones, no client statistics (FACTS §5). */
export function jobDetail(posting: Posting, now: number): Record<string, unknown> {
  const category = findCategory(posting.categoryId);
  const place = findSubcategory(posting.subcategoryId);
  const isHourly = posting.jobType === 'HOURLY';
  const bid = posting.hourlyMin ?? posting.fixedAmount;
  return {
    id: posting.id,
    workFlowState: {
      status: posting.status,
      closeResult: posting.status === 'ACTIVE' ? null : posting.freelancersToHire === 0 ? '0' : '1',
    },
    ownership: { company: denied('view_client_company'), team: denied('view_client_company') },
    content: { title: posting.title, description: posting.description },
    attachments: [],
    classification: {
      category: category && { id: category.id, ontologyId: category.id, preferredLabel: category.label },
      subCategory: place && {
        id: place.subcategory.id,
        ontologyId: place.subcategory.id,
        preferredLabel: place.subcategory.label,
      },
      skills: posting.skills.map((skill) => ({
        id: skillId(skill),
        ontologyId: skillId(skill),
        preferredLabel: skill,
        prettyName: skill,
      })),
      additionalSkills: [],
    },
    contractTerms: {
      contractType: posting.jobType,
      experienceLevel: posting.experienceLevel,
      personsToHire: Math.max(1, posting.freelancersToHire),
      hourlyContractTerms: isHourly
        ? {
            hourlyBudgetType: budgetType(posting),
            hourlyBudgetMin: posting.hourlyMin,
            hourlyBudgetMax: posting.hourlyMax,
            engagementType: posting.engagement?.startsWith('30+')
              ? 'FULL_TIME'
              : posting.engagement
                ? 'PART_TIME'
                : 'NOT_SURE',
            engagementDuration: engagementDuration(posting),
          }
        : null,
      fixedPriceContractTerms: isHourly
        ? null
        : { amount: money(posting.fixedAmount, posting.currency), engagementDuration: engagementDuration(posting) },
    },
    contractorSelection: {
      proposalRequirement: {
        coverLetterRequired: posting.coverLetterRequired,
        freelancerMilestonesAllowed: posting.milestonesAllowed,
        screeningQuestions: posting.questions.map((question, sequenceNumber) => ({ question, sequenceNumber })),
      },
    },
    activityStat: {
      applicationsBidStats: { avgRateBid: bid ? money(bid, posting.currency) : null },
      jobActivity: {
        lastClientActivity: upworkDate(posting.renewedAt ?? posting.publishedAt),
        invitesSent: hash(posting.id) % 4,
        totalInvitedToInterview: Math.floor(applicantsAt(posting, now) / 12),
        totalHired: posting.freelancersToHire === 0 ? 1 : 0,
        totalUnansweredInvites: hash(posting.id) % 2,
        totalOffered: 0,
      },
    },
    clientCompanyPublic: {
      id: companyId(posting.id),
      legacyType: 'CLIENT',
      country: { name: posting.client.country },
      city: posting.client.city,
      state: posting.client.state,
      timezone: posting.client.timezone,
      paymentVerification: { paymentVerified: posting.client.verificationStatus === 'VERIFIED' },
    },
    canClientReceiveContractProposal: posting.status === 'ACTIVE',
  };
}

/** The organization that posted. */
export function companyId(postingId: string): string {
  return `20000000${String(hash(postingId)).padStart(11, '0')}`;
}

/** All categories as `ontologyCategories` gives them. */
export function ontologyCategories(): unknown[] {
  return categories.map(({ subcategories, ...category }) => ({
    ...ontologyEntry(category),
    subcategories: subcategories.map((subcategory) => ({ ...ontologyEntry(subcategory), services: [] })),
    services: [],
  }));
}

function ontologyEntry({ id, label, slug }: { id: string; label: string; slug: string }) {
  return {
    id,
    preferredLabel: label,
    altLabel: [],
    slug: slug.replaceAll('_', '-'),
    ontologyId: `upworkOccupationCategories:${id}`,
  };
}

function budgetType({ hourlyMin, hourlyMax }: Posting): string {
  return hourlyMin === null && hourlyMax === null ? 'NOT_PROVIDED' : 'MANUAL';
}

function engagementDuration({ duration }: Posting): unknown {
  if (!duration) return null;
  const [label, weeks] = durationLabels[duration];
  return { id: String(weeks), label, weeks };
}

/** A field the API's policies refuse to ordinary keys: an error for that field only (FACTS §3.1). */
function denied(permission: string): () => never {
  return () => {
    throw new Error(`403 Forbidden: permission ${permission} is required`);
  };
}
