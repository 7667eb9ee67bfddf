import type {
  EngagementDuration,
  ExperienceLevel,
  JobClient,
  JobState,
  JobTriage,
  JobType,
  Money,
  MoneyRange,
  ScreeningQuestion,
  Workload,
} from './posting.ts';
import type { MatchScore } from './score/model.ts';

/** What goes on at a posting, as far as Upwork says; `observedAt` is when it was read last. */
export interface JobActivity {
  readonly proposals?: number;
  readonly interviewing?: number;
  readonly invitesSent?: number;
  readonly hires?: number;
  readonly lastViewedByClientAt?: Date;
  readonly observedAt: Date;
}

/** A posting once stored. Content is empty once `contentPurged`. */
export interface Job {
  readonly seq: number;
  readonly id: string;
  readonly externalId: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly type?: JobType;
  readonly hourlyRate?: MoneyRange;
  readonly fixedBudget?: Money;
  readonly connectsRequired?: number;
  readonly experienceLevel?: ExperienceLevel;
  readonly workload?: Workload;
  readonly duration?: EngagementDuration;
  /** Where the client would like freelancers to be; empty where anywhere will do, or nothing is known. */
  readonly preferredLocations: readonly string[];
  readonly isLocationMandatory?: boolean;
  /** Label of the subcategory, else of the category. */
  readonly category?: string;
  readonly skills: readonly string[];
  readonly questions: readonly ScreeningQuestion[];
  readonly client: JobClient;
  readonly activity?: JobActivity;
  readonly state: JobState;
  readonly triage: JobTriage;
  readonly notes?: string;
  readonly tags: readonly string[];
  readonly score?: MatchScore;
  readonly postedAt: Date;
  readonly firstSeenAt: Date;
  readonly updatedAt: Date;
  readonly contentExpiresAt?: Date;
  readonly contentPurged: boolean;
  readonly raw?: string;
}
