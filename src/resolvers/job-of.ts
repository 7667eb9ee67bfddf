import type { Job, JobService } from '../services/jobs/model.ts';

/** The job that something stored belongs to. Rows of jobs outlive their content, so one that is missing is our mistake. @throws Error */
export function jobOf(jobs: JobService, id: string): Job {
  const job = jobs.byId(id);
  if (!job) throw new Error(`The job ${id} is gone, and something still belongs to it.`);
  return job;
}
