import type {
  ClientHistory,
  EngagementDuration,
  ExperienceLevel,
  JobType,
  Workload,
} from '../../services/jobs/model.ts';
import { describedEnum } from '../described-enum.ts';

export const JobTypeRef = describedEnum('JobType', 'How a job is paid.', {
  HOURLY: 'By the hour.',
  FIXED_PRICE: 'A fixed price for the whole.',
} satisfies Record<JobType, string>);

export const ExperienceLevelRef = describedEnum('ExperienceLevel', 'How experienced a freelancer is wanted.', {
  ENTRY: 'A beginner.',
  INTERMEDIATE: 'Someone with experience.',
  EXPERT: 'An expert.',
} satisfies Record<ExperienceLevel, string>);

export const WorkloadRef = describedEnum('Workload', 'How much of a week the work takes.', {
  LESS_THAN_30_HOURS: 'Less than 30 hours a week.',
  MORE_THAN_30_HOURS: '30 hours a week or more.',
  AS_NEEDED: 'As the client needs it, to be agreed.',
} satisfies Record<Workload, string>);

export const EngagementDurationRef = describedEnum('EngagementDuration', 'How long the work is to last.', {
  LESS_THAN_1_MONTH: 'Less than a month.',
  ONE_TO_3_MONTHS: 'One to three months.',
  THREE_TO_6_MONTHS: 'Three to six months.',
  MORE_THAN_6_MONTHS: 'More than six months.',
} satisfies Record<EngagementDuration, string>);

export const ClientHistoryRef = describedEnum('ClientHistory', 'How often a client has hired before.', {
  NO_HIRES: 'Never.',
  ONE_TO_9_HIRES: 'One to nine times.',
  TEN_PLUS_HIRES: 'Ten times or more.',
} satisfies Record<ClientHistory, string>);
