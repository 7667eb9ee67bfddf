/** Fragments shared by the operations. Each names its type in its own name. */

export const noticeFields = 'fragment ErrorFields on UserError { __typename code message path docsUrl }';

export const warningFields = 'fragment WarningFields on Warning { code message path docsUrl }';

export const nextActionFields = 'fragment NextActionFields on NextAction { kind message command url notBefore }';

export const platformStatusFields = `
fragment PlatformStatusFields on PlatformStatus {
  id platform status message statusChangedAt
  account { externalId displayName organization profileUrl }
  scopes { name required granted keyFormLabels }
  tokenExpiresAt lastSyncAt nextScanAt
  requestBudget { perDay usedToday remainingToday resetsAt throttledUntil throttledBy }
  paused { reason since }
  lostFields { path since figures criteria savedSearches { name } }
  fieldIncidents { message since }
  lastIncident { code message occurredAt nextRetryAt }
  nextAction { ...NextActionFields }
}
${nextActionFields}`;

export const flowFields = `
fragment FlowFields on ConnectionFlow { id status expiresAt completedAt error { __typename code message path } }`;

export const scanFields = `
fragment ScanFields on Scan {
  id trigger status phase queuedAt startedAt finishedAt duration
  counts { fetched duplicates updated filteredOut new notified upstreamRequests }
  incident { code message }
  diagnosis {
    verdict summary
    funnel { name description input output reasons { criterion dropped } }
    suggestions { message estimatedGain patch }
    nextAction { ...NextActionFields }
  }
}
${nextActionFields}`;

export const jobSummaryFields = `
fragment JobSummaryFields on Job {
  id externalId url title type
  hourlyRate { min { ...MoneyFields } max { ...MoneyFields } }
  fixedBudget { ...MoneyFields }
  experienceLevel category
  client { country paymentVerified rating totalSpent { ...MoneyFields } }
  state triage postedAt contentPurged
}
fragment MoneyFields on Money { amount currency formatted }`;

export const criteriaFields = `
fragment CriteriaFields on JobCriteria {
  keywords excludedKeywords skills categories jobTypes experienceLevels workloads durations
  hourlyRate { ...RangeFields } fixedBudget { ...RangeFields }
  clientCountries excludedClientCountries clientHistory clientPaymentVerified clientMinimumRating
  clientSpend { ...RangeFields }
  maximumProposals maximumAge minimumMatchScore requireKnown
}
fragment RangeFields on MoneyRange { min { amount currency formatted } max { amount currency formatted } }`;

export const preferencesFields = `
fragment PreferencesFields on ScanPreferences {
  id platform enabled interval effectiveInterval
  quietHours { start end timeZone }
  criteria { ...CriteriaFields }
  maxResultsPerScan requestsPerDay connectsPerDay connectsWarning estimatedRequestsPerDay expectedLatency
  requestPlan { purpose expected share most }
  scoreWeights { skills budget client competition timing } serviceFee
  warnings { ...WarningFields }
  version updatedAt
}
${criteriaFields}
${warningFields}`;

export const tokenFields = `
fragment TokenFields on ApiToken { id name prefix scopes createdAt lastUsedAt expiresAt revokedAt }`;

export const jobDetailFields = `
fragment JobDetailFields on Job {
  ...JobSummaryFields
  description connectsRequired workload duration skills
  preferredFreelancerLocations preferredFreelancerLocationMandatory
  screeningQuestions { position text required }
  client { city reviewCount hires jobsPosted memberSince }
  activity { proposals proposalsMinimum proposalsMaximum }
  notes tags firstSeenAt updatedAt contentExpiresAt
}
${jobSummaryFields}`;

export const eventFields = `
fragment EventFields on Event {
  __typename id type cursor occurredAt replayed
  ... on JobPostedEvent { job { ...JobSummaryFields } }
  ... on JobUpdatedEvent { job { ...JobSummaryFields } changed }
  ... on AuthExpiredEvent { reason reasonMessage: message platformStatus { status message } }
  ... on PlatformStatusChangedEvent { previous platformStatus { status message } }
  ... on ConnectionFlowUpdatedEvent { flow { id status } }
  ... on ScanProgressEvent { scan { id status phase } phase percent message }
}
${jobSummaryFields}`;
