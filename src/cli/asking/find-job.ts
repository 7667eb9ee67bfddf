import type { ProspectorClient } from '../../client/client.ts';
import type { JobDetail } from '../../client/operations/answers.ts';
import { job, jobByExternalId } from '../../client/operations/operations.ts';
import { RefusedError } from '../exit.ts';
import { parseJobReference } from '../options/job-reference.ts';
import { clean } from '../print.ts';

/** The job a person means by any form of its id, or its address. @throws RefusedError where none is stored */
export async function findJob(client: ProspectorClient, typed: string): Promise<JobDetail> {
  const reference = parseJobReference(typed);
  const found =
    'id' in reference
      ? (await client.ask(job, reference)).job
      : (await client.ask(jobByExternalId, reference)).jobByExternalId;
  if (found) return found;
  throw new RefusedError([{ code: 'NOT_FOUND', message: `No job is stored as ${clean(typed)}.` }]);
}
