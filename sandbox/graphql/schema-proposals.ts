/** Types of proposals, Connects and contracts (FACTS §6, §7, §9); `CreateJobProposalResponse` and `ConnectsSummary` are named by guess there too. */
export const proposalTypes = `
enum VendorProposalStatusFilterInput { Accepted Declined Withdrawn Offered Activated Archived Hired Pending }
enum VendorProposalStatusName { Created Accepted Declined Withdrawn Replaced Offered Activated Archived Rejected Hired Pending Invalid }
enum VendorProposalSortAttributeType { CREATEDDATETIME MODIFIEDDATETIME }
enum VendorProposalAnnotation { Hidden OnHold }
input VendorProposalFilter { status_eq: VendorProposalStatusFilterInput! annotations_eq: VendorProposalAnnotation freelancerId_eq: ID organizationId_eq: ID jobPostingIds_any: [ID!] }
input VendorProposalSortAttribute { field: VendorProposalSortAttributeType! sortOrder: SortOrder! }
type VendorProposalsConnection { totalCount: Int edges: [VendorProposalsEdge] pageInfo: PageInfo organization: GenericOrganization }
type VendorProposalsEdge { cursor: String node: VendorProposal }
type VendorProposal {
  id: ID! user: GenericUser! organization: GenericOrganization! marketplaceJobPosting: MarketplaceJobPosting! terms: ProposalTerms! coverLetter: String
  proposalCoverLetter: String auditDetails: ProposalAuditDetails! status: VendorProposalStatus! annotations: [VendorProposalAnnotation!]!
  projectPlan: ProposalProjectPlan viewedByClient: Boolean connectsBid: Int inviteToInterview: Boolean
}
type ProposalTerms { chargeRate: Money! estimatedDuration: ProposalEngagementDuration upfrontPaymentPercent: Float }
type ProposalEngagementDuration { id: ID! label: String! }
type ProposalProjectPlan { id: ID! milestones: [ProposalMilestones!] }
type ProposalMilestones { description: String! dueDate: String! amount: String! }
type ProposalAuditDetails { createdByUser: GenericUser! modifiedByUser: GenericUser createdDateTime: DateTime! modifiedDateTime: DateTime }
type VendorProposalStatus { status: VendorProposalStatusName! reason: ProposalReason }
type ProposalReason { id: ID! reason: String! description: String }

input CreateJobProposalInput {
  selectedContractor: CreateProposalSelectedContractor! jobReference: String! chargedAmount: Float! gitHubRepoLink: String coverLetter: String!
  questions: [CreateProposalQuestion] attachments: [String] umaTouched: Boolean umaThreadId: String sri: CreateProposalSri boostBidAmount: Float
  occupationId: String agencyOrgId: String teamOrgId: String! estimatedDuration: Int milestones: [CreateProposalMilestone]
}
input CreateProposalSelectedContractor { id: String! oDeskUserID: String! }
input CreateProposalQuestion { question: String! answer: String! }
input CreateProposalSri { percent: Float frequency: Int }
input CreateProposalMilestone { amount: Float! description: String! dueDate: String }
type CreateJobProposalResponse { newProposalId: ID status: String error: String }
type ConnectsSummary { connectsBalance: Int }

enum ContractStatus { ACTIVE CLOSED PAUSED }
enum ContractKind { WEEKLY_RETAINER PAYROLL STAFF_AUG DIRECT_CONTRACT }
enum DeliveryModel { TALENT_MARKETPLACE CATALOG_PROJECT UPWORK_REMOTE TALENT_SCOUT DIRECT_CONTRACT MICROPAYMENTS DIRECT_CONTRACT_V2 MANAGE_AND_PAY OUTCOME_CONTRACT UNKNOWN }
enum JobType { FIXED HOURLY }
enum OfferMilestoneState { NotFunded InOffer Active Submitted Rejected RejectedByUpwork Paid PaidByUpwork NotFundedClosed CancelledByClient CancelledByFreelancer CancelledByUpwork OfferCancelled }
type ContractList { contracts: [ContractDetails] }
type ContractSearchResults { paging: ContractPaging contracts: [ContractDetails] }
type ContractPaging { limit: Int offset: Int }
input ContractPagingInput { limit: Int offset: Int includeTotalCount: Boolean }
input ContractOptionsInput { addTerms: Boolean addHourLimits: Boolean }
input VendorContractSearchFilter { vendorId: ID! startDateBefore: String endDateAfter: String contractStatuses: [ContractStatus] }
type ContractDetails {
  id: ID! title: String status: ContractStatus closingReason: ClosingReason deliveryModel: DeliveryModel kind: ContractKind createDate: String modifyDate: String
  startDate: String endDate: String offerId: ID job: JobPosting! freelancer: ContractUser! vendorOrganization: GenericOrganization! vendorTeam: GenericOrganization!
  clientOrganization: GenericOrganization! clientTeam: GenericOrganization! hourlyLimits: [HourlyLimit] terms: ContractTerms
}
type JobPosting { id: ID! content: JobPostingContent }
type JobPostingContent { title: String! description: String! }
type ContractUser { id: ID! rid: ID! name: String photoUrl: String firstName: String lastName: String }
type ClosingReason { id: ID! apiRef: String reason: String }
type HourlyLimit { id: ID! weeklyLimit: String createDate: String modifyDate: String startDate: String endDate: String legacyId: Int }
type ContractTerms { fixedPriceTerms: [FixedPriceContractTerm] hourlyTerms: [HourlyContractTerm] }
type FixedPriceContractTerm { id: ID! fixedAmount: Money createDate: String modifyDate: String startDate: String endDate: String jobType: JobType milestones: [Milestone] }
type HourlyContractTerm { id: ID! hourlyRate: Money createDate: String modifyDate: String startDate: String endDate: String manualTimeAllowed: Boolean jobType: JobType }
type Milestone {
  id: ID! dueDateTime: String state: OfferMilestoneState description: String currentEscrowAmount: Money depositAmount: Money fundedAmount: Money paid: Money
  bonus: Money submissionCount: Int sequenceId: Int createdDateTime: String modifiedDateTime: String instructions: String
}
input EndContractInput { endDate: String feedbackInfo: FeedbackInfoInput reasonRef: String! }
input FeedbackInfoInput { availabilityScore: Int comment: String communicationScore: Int cooperationScore: Int deadlinesScore: Int qualityScore: Int skillsScore: Int }
type ContractActionResponse { success: Boolean! }
enum ReasonType { PROPOSAL_DECLINE PROPOSAL_WITHDRAW CONTRACT_END_HOURLY CONTRACT_END_FIXED PROPOSAL_REJECT JOB_POSTING_CLOSE OFFER_DECLINE }
type ReasonsMetadata { id: ID! reason: String alias: String }

enum TalentContractStatus { ACTIVE CLOSED PAUSED }
enum TalentJobType { FIXED HOURLY }
enum TalentWorkAccessType { PUBLIC PRIVATE INDEX }
enum TalentWorkHistorySortType { NEWEST FEEDBACK_RATE LARGEST }
input TalentWorkHistorySort { type: TalentWorkHistorySortType! order: SortOrder! }
input TalentWorkHistoryPagination { offset: Int! limit: Int! }
input TalentWorkHistoryFilterInput { personId: ID! contractIds: [ID] excludeNoFeedback: Boolean visibility: TalentWorkAccessType status: [TalentContractStatus] sort: TalentWorkHistorySort pagination: TalentWorkHistoryPagination }
type TalentWorkHistoryConnection { workHistoryList: [TalentWorkHistory] totalCount: Int }
type TalentWorkHistory { contract: TalentContract contractAggregate: TalentContractAggregate }
type TalentContract { id: ID! startDate: String endDate: String status: TalentContractStatus clientTeamId: ID title: String terms: TalentContractTerms createDate: String clientOrgId: ID }
type TalentContractTerms { hourlyRate: String jobType: TalentJobType stipendAmount: String fixedAmount: String }
type TalentContractAggregate { totalCharge: String hours: String }
`;
