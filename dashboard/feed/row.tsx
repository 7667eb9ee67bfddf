import { Time } from '../ui/time.tsx';
import type { FeedJob } from './documents.ts';

/** Budget or rate as one text; undefined where Upwork said nothing. */
export function payOf({ fixedBudget, hourlyRate }: Pick<FeedJob, 'fixedBudget' | 'hourlyRate'>): string | undefined {
  if (fixedBudget) return fixedBudget.formatted;
  const bounds = [hourlyRate?.min?.formatted, hourlyRate?.max?.formatted].filter((bound) => bound !== undefined);
  return bounds.length > 0 ? `${[...new Set(bounds)].join(' – ')} an hour` : undefined;
}

const marks = { NEW: '•', SEEN: '', SHORTLISTED: '★', DISMISSED: '×', APPLIED: '✓' } as const;

/** One job in the list. */
export function Row(props: {
  readonly job: FeedJob;
  readonly isCurrent: boolean;
  readonly isEdited: boolean;
  readonly onOpen: () => void;
}) {
  const { job, isCurrent, isEdited, onOpen } = props;
  const { client, activity } = job;
  return (
    <li>
      <button type="button" className="row" aria-current={isCurrent ? 'true' : undefined} onClick={onOpen}>
        <span className="mark" title={job.triage.toLowerCase()}>
          {marks[job.triage]}
        </span>
        <span className="score">{job.score?.value ?? '–'}</span>
        <span className="title" dir="auto">
          {job.contentPurged ? 'content deleted after 24 h' : job.title}
        </span>
        <span className="pay">{payOf(job)}</span>
        <span className="facts">
          {client.country} {client.rating && `★ ${client.rating}`} {client.totalSpent?.formatted}{' '}
          {client.paymentVerified && 'verified'} {activity?.proposals != null && `${activity.proposals} proposals`}{' '}
          <Time at={job.postedAt} /> {isEdited && <em>updated while you read</em>}
        </span>
      </button>
    </li>
  );
}
