import { GraphQLError } from 'graphql';
import type { Context } from './context.ts';

/**
 * Does `work`, which reads something dear, when it may be read (`Context.pace`): in the same step in which that was
 * found out, so that of many who wait one goes on at a time.
 * @throws GraphQLError when the operation has been ended meanwhile: at its deadline, by a client that went, with its token
 */
export async function inTurn<Result>(
  { pace, signal }: Pick<Context, 'pace' | 'signal'>,
  work: () => Result | PromiseLike<Result>,
): Promise<Result> {
  for (let turn = pace(); turn; turn = pace()) await turn;
  if (signal.aborted) throw new GraphQLError('The operation was ended before this was read.');
  return await work();
}
