import type { Proposal } from '../../client/operations/proposal-answers.ts';
import { proposal } from '../../client/operations/proposal-operations.ts';
import { RefusedError } from '../exit.ts';
import { clean } from '../print.ts';
import type { Session } from './session.ts';

/** The proposal of an id. Throws RefusedError where there is none. */
export async function findProposal({ client }: Session, id: string): Promise<Proposal> {
  const { proposal: found } = await client.ask(proposal, { id });
  if (!found) throw new RefusedError([{ code: 'NOT_FOUND', message: `There is no proposal ${clean(id)}.` }]);
  return found;
}
