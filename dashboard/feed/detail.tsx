import type { FeedJob, Triage } from './documents.ts';
import { payOf } from './row.tsx';

/** The job in full: why it scored so, what it says, and what one can decide. */
export function Detail(props: {
  readonly job: FeedJob;
  readonly onTriage: (triage: Triage) => void;
  readonly onBack: () => void;
}) {
  const { job, onTriage, onBack } = props;
  return (
    <article className="detail" aria-label="The job in full">
      <button type="button" className="back" onClick={onBack}>
        Back to the list
      </button>
      <h1 dir="auto">{job.contentPurged ? 'Content deleted after 24 h' : job.title}</h1>
      <p>{[payOf(job), job.category, job.experienceLevel?.toLowerCase()].filter(Boolean).join(' · ')}</p>
      <p className="actions">
        <button type="button" onClick={() => onTriage('SHORTLISTED')}>
          Shortlist
        </button>
        <button type="button" onClick={() => onTriage('DISMISSED')}>
          Dismiss
        </button>
        <a href={job.url} target="_blank" rel="noopener noreferrer">
          Open on Upwork
        </a>
      </p>
      {job.score && (
        <ul className="factors" aria-label={`Score ${job.score.value}`}>
          {job.score.factors.map(({ name, points, explanation }) => (
            <li key={name}>
              <meter min={0} max={30} value={points} aria-label={name} /> {name} {points}: {explanation}
            </li>
          ))}
        </ul>
      )}
      <p className="description" dir="auto">
        {job.description}
      </p>
      <p className="quiet">{job.skills.join(' · ')}</p>
    </article>
  );
}
