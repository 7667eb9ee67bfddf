import { buildSchema } from 'graphql';
import { proposalTypes } from './schema-proposals.ts';

/* The part of Upwork's public API a client needs that scans, applies and follows contracts. Names and types are the API's (FACTS §5). */
const jobTypes = `
type Query {
  user: CurrentUser
  organization: CurrentOrganization
  companySelector: CompanySelector!
  ontologyCategories: [OntologyCategory!]!
  marketplaceJobPostingsSearch(
    marketPlaceJobFilter: MarketplaceJobPostingsSearchFilter
    searchType: MarketplaceJobPostingSearchType
    sortAttributes: [MarketplaceJobPostingSearchSortAttribute]
  ): MarketplaceJobPostingSearchConnection
  marketplaceJobPosting(id: ID!): MarketplaceJobPosting
  vendorProposal(id: ID!): VendorProposal
  vendorProposals(filter: VendorProposalFilter!, sortAttribute: VendorProposalSortAttribute!, pagination: Pagination!): VendorProposalsConnection!
  connectsSummary: ConnectsSummary
  contractDetails(id: ID!, date: String): ContractDetails!
  contractList(ids: [ID!]): ContractList
  vendorContracts(filter: VendorContractSearchFilter!, options: ContractOptionsInput, paging: ContractPagingInput): ContractSearchResults
  talentWorkHistory(filter: TalentWorkHistoryFilterInput): TalentWorkHistoryConnection
  reasons(reasonType: ReasonType!, all: Boolean): [ReasonsMetadata!]!
}
type Mutation {
  createJobProposal(input: CreateJobProposalInput!): CreateJobProposalResponse
  endContractByFreelancer(contractId: ID!, input: EndContractInput!): ContractActionResponse
}

interface User { id: ID! }
type CurrentUser implements User { id: ID! nid: ID! rid: ID! name: String email: String photoUrl: String ciphertext: String }
type GenericUser implements User { id: ID! nid: ID! rid: ID! name: String photoUrl: String publicUrl: String ciphertext: String }
enum OrganizationType { BUSINESS SOLE_PROPRIETOR }
enum OrganizationLegacyType { CLIENT VENDOR }
interface Organization { id: ID! rid: ID legacyId: ID name: String type: OrganizationType legacyType: OrganizationLegacyType active: Boolean hidden: Boolean photoUrl: String creationDate: String }
type CurrentOrganization implements Organization { id: ID! rid: ID legacyId: ID name: String type: OrganizationType legacyType: OrganizationLegacyType active: Boolean hidden: Boolean photoUrl: String creationDate: String }
type GenericOrganization implements Organization { id: ID! rid: ID legacyId: ID name: String type: OrganizationType legacyType: OrganizationLegacyType active: Boolean hidden: Boolean photoUrl: String creationDate: String }
enum CompanySelectorOrganizationType { Business SoleProprietor }
enum CompanySelectorOrganizationLegacyType { Client Vendor }
type CompanySelector { items: [CompanySelectorItem!]! }
type CompanySelectorItem { title: String! photoUrl: String organizationId: String! organizationRid: String organizationType: CompanySelectorOrganizationType organizationLegacyType: CompanySelectorOrganizationLegacyType typeTitle: String }

type OntologyCategory { id: ID! preferredLabel: String altLabel: [String] slug: String ontologyId: String subcategories: [OntologySubcategory!]! services: [OntologyService!]! }
type OntologySubcategory { id: ID! preferredLabel: String altLabel: [String] slug: String ontologyId: String services: [OntologyService!]! }
type OntologyService { id: ID! preferredLabel: String altLabel: [String] slug: String ontologyId: String }

type PageInfo { endCursor: String hasNextPage: Boolean }
type Money { rawValue: String! currency: String! displayValue: String! }
type DateTime { rawValue: String! displayValue: String! }
input Pagination { after: String first: Int! }
input IntRange { rangeStart: Int rangeEnd: Int }
input AreaFilter { latitude: Float! longitude: Float! radius: Float! }
input SearchTerm { andTerms_all: [String!] orTerms_any: [String!] exactTerms_any: [String!] excludeTerms_any: [String!] }
enum SortOrder { ASC DESC }
enum ContractType { HOURLY FIXED }
enum EngagementType { FULL_TIME PART_TIME AS_NEEDED NOT_SURE }
enum ExperienceLevel { ENTRY_LEVEL INTERMEDIATE EXPERT }
enum FreelancerProfileExperienceLevel { NONE ENTRY_LEVEL INTERMEDIATE EXPERT }
enum JobDuration { WEEK MONTH QUARTER SEMESTER ONGOING }
enum JobPostingHourlyBudgetType { DEFAULT MANUAL NOT_PROVIDED }
enum ClientVerificationStatus { VERIFIED NOT_VERIFIED ACTIVE_BUT_NOT_VERIFIED VERIFICATION_IN_PROGRESS UNKNOWN }
enum WorkFlowStateStatus { CLOSED ACTIVE }
enum MarketplaceJobPostingSearchType { USER_JOBS_SEARCH JOBS_FEED USER_SITE_SEARCH_RSS }
enum MarketplaceJobPostingSearchSortField { RECENCY RELEVANCE CLIENT_TOTAL_CHARGE CLIENT_RATING }
input MarketplaceJobPostingSearchSortAttribute { field: MarketplaceJobPostingSearchSortField! }
input MarketplaceJobPostingsSearchFilter {
  searchExpression_eq: String skillExpression_eq: String titleExpression_eq: String searchTerm_eq: SearchTerm
  categoryIds_any: [ID!] subcategoryIds_any: [ID!] occupationIds_any: [ID!] ontologySkillIds_all: [ID!]
  jobType_eq: ContractType workload_eq: EngagementType clientHiresRange_eq: IntRange budgetRange_eq: IntRange hourlyRate_eq: IntRange
  verifiedPaymentOnly_eq: Boolean previousClients_eq: Boolean experienceLevel_eq: ExperienceLevel locations_any: [String!] timezone_eq: String
  ptcIds_any: [ID!] ptcOnly_eq: Boolean enterpriseOnly_eq: Boolean proposalRange_eq: IntRange pagination_eq: Pagination area_eq: AreaFilter
  preserveFacet_eq: String userLocationMatch_eq: Boolean visitorCountry_eq: String daysPosted_eq: Int duration_any: [JobDuration!]
}
type MarketplaceJobPostingSearchConnection { totalCount: Int edges: [MarketplaceJobpostingSearchEdge] pageInfo: PageInfo }
type MarketplaceJobpostingSearchEdge { cursor: String! node: MarketplaceJobPostingSearchResult! }
type MarketplaceJobPostingSearchResult {
  id: ID! job: MarketplaceJobPosting title: String! description: String! ciphertext: String! duration: JobDuration durationLabel: String engagement: String
  amount: Money! recordNumber: String! experienceLevel: FreelancerProfileExperienceLevel category: String subcategory: String freelancersToHire: Int!
  enterprise: Boolean! relevanceEncoded: String! totalApplicants: Int! preferredFreelancerLocation: [String] preferredFreelancerLocationMandatory: Boolean
  premium: Boolean! clientNotSureFields: [String] clientPrivateFields: [String] applied: Boolean! createdDateTime: String! publishedDateTime: String!
  renewedDateTime: String client: MarketplaceJobPostingSearchClientInfo! skills: [MarketplaceJobPostingSearchSkill]!
  occupations: MarketplaceJobPostingSearchOccupations hourlyBudgetType: JobPostingHourlyBudgetType hourlyBudgetMin: Money hourlyBudgetMax: Money
  localJobUserDistance: String weeklyBudget: Money engagementDuration: EngagementDuration totalFreelancersToHire: Int teamId: ID
}
type MarketplaceJobPostingSearchClientInfo {
  memberSinceDateTime: String totalHires: Int! totalPostedJobs: Int! totalSpent: Money verificationStatus: ClientVerificationStatus
  location: MarketPlaceJobSearchLocation totalReviews: Int! totalFeedback: Float! companyRid: ID! companyName: String edcUserId: ID!
  lastContractPlatform: String lastContractRid: ID lastContractTitle: String companyOrgUid: ID! hasFinancialPrivacy: Boolean!
}
type MarketPlaceJobSearchLocation { city: String country: String timezone: String state: String offsetToUTC: String }
type MarketplaceJobPostingSearchSkill { id: ID name: String! prettyName: String! highlighted: Boolean }
type MarketplaceJobPostingSearchOccupations { category: MarketplaceJobPostingSearchOccupation! subCategories: [MarketplaceJobPostingSearchOccupation] occupationService: MarketplaceJobPostingSearchOccupation }
type MarketplaceJobPostingSearchOccupation { id: ID! prefLabel: String! }

type MarketplaceJobPosting {
  id: ID! workFlowState: MarketplacePostingWorkFlowState ownership: MarketplacePostingOwnership activityStat: MarketplacePostingActivityStat
  content: MarketplaceJobPostingContent attachments: [MarketplacePostingAttachment!] classification: MarketplacePostingClassification
  contractTerms: MarketplaceContractTerms contractorSelection: MarketplaceContractorSelection clientCompanyPublic: MarketplacePublicCompanyInfo
  canClientReceiveContractProposal: Boolean!
}
type MarketplacePostingWorkFlowState { closeResult: String status: WorkFlowStateStatus! }
type MarketplacePostingOwnership { company: GenericOrganization team: GenericOrganization }
type MarketplacePostingActivityStat { applicationsBidStats: ApplicationsBidStats jobActivity: JobActivity }
type ApplicationsBidStats { avgRateBid: Money minRateBid: Money maxRateBid: Money avgInterviewedRateBid: Money }
type JobActivity { lastClientActivity: String invitesSent: Int! totalInvitedToInterview: Int! totalHired: Int! totalUnansweredInvites: Int! totalOffered: Int! totalRecommended: Int }
type MarketplaceJobPostingContent { title: String! description: String! }
type MarketplacePostingAttachment { id: ID! sequenceNumber: Int! fileName: String! fileSize: Int! }
type MarketplacePostingClassification { category: JobCategory subCategory: JobCategory skills: [Skill!] additionalSkills: [Skill!] }
type JobCategory { id: ID! ontologyId: String! preferredLabel: String! definition: String createdDateTime: String modifiedDateTime: String }
type Skill { id: ID! ontologyId: String! preferredLabel: String! prettyName: String }
type MarketplaceContractTerms {
  contractStartDate: String contractEndDate: String contractType: ContractType! personsToHire: Int! experienceLevel: ExperienceLevel
  fixedPriceContractTerms: FixedPriceContractTerms hourlyContractTerms: HourlyContractTerms notSurePersonsToHire: Boolean notSureExperiencelevel: Boolean
}
type FixedPriceContractTerms { amount: Money! maxAmount: Money engagementDuration: EngagementDuration }
type HourlyContractTerms { engagementDuration: EngagementDuration engagementType: EngagementType! notSureProjectDuration: Boolean hourlyBudgetType: JobPostingHourlyBudgetType hourlyBudgetMin: Float hourlyBudgetMax: Float }
type EngagementDuration { id: ID! label: String! weeks: Int! }
type MarketplaceContractorSelection { proposalRequirement: MarketplaceProposalRequirements location: MarketplaceLocation }
type MarketplaceProposalRequirements { coverLetterRequired: Boolean freelancerMilestonesAllowed: Boolean screeningQuestions: [MarketplaceQuestion!] }
type MarketplaceQuestion { question: String sequenceNumber: Int }
type MarketplaceLocation { countries: [String!] states: [String!] timezones: [String!] localCheckRequired: Boolean localMarket: Boolean }
type MarketplacePublicCompanyInfo { id: ID! legacyType: OrganizationLegacyType country: Country state: String city: String timezone: String paymentVerification: PaymentVerificationResult }
type Country { id: ID name: String twoLetterAbbreviation: String threeLetterAbbreviation: String active: Boolean }
type PaymentVerificationResult { paymentVerified: Boolean }
`;

/** The schema the sandbox answers by. */
export const schema = buildSchema(jobTypes + proposalTypes);
