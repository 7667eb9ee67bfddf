import type { JobFacetName, JobOrder, JobState, JobTriage } from '../../services/jobs/model.ts';
import { describedEnum } from '../described-enum.ts';

export const JobStateRef = describedEnum('JobState', 'Where a posting stands on the platform.', {
  OPEN: 'It takes proposals.',
  CLOSED: 'It takes no more proposals.',
  FILLED: 'Somebody was hired.',
  REMOVED: 'It is gone from the platform.',
  UNKNOWN: 'The platform did not say.',
} satisfies Record<JobState, string>);

export const JobTriageRef = describedEnum('JobTriage', 'What you decided about a job.', {
  NEW: 'Not looked at.',
  SEEN: 'Looked at.',
  SHORTLISTED: 'Worth a proposal.',
  DISMISSED: 'Not for you.',
  APPLIED: 'A proposal was sent.',
} satisfies Record<JobTriage, string>);

export const JobFacetNameRef = describedEnum('JobFacetName', 'What jobs can be counted by.', {
  CATEGORY: 'Category or subcategory.',
  SKILL: 'Skill asked for.',
  TYPE: 'Hourly or fixed price.',
  EXPERIENCE_LEVEL: 'Experience wanted.',
  CLIENT_COUNTRY: "The client's country.",
  TRIAGE: 'What you decided.',
  STATE: 'Where the posting stands.',
  BUDGET_BAND: 'Fixed budget or hourly rate, in bands.',
} satisfies Record<JobFacetName, string>);

export const JobOrderFieldRef = describedEnum('JobOrderField', 'What jobs can be ordered by.', {
  RELEVANCE: 'Full-text rank; needs a `query`.',
  POSTED_AT: 'When the client posted it.',
  FIRST_SEEN_AT: 'When Prospector first saw it.',
  SCORE: 'Match score.',
  BUDGET: 'Fixed budget, or the upper hourly rate.',
  CLIENT_SPEND: 'What the client has spent in all.',
  PROPOSALS: 'Proposals when last seen.',
} satisfies Record<JobOrder['field'], string>);
