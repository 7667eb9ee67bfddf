import { type DocumentNode, parse } from 'graphql';
import { type UpworkApi, UpworkError, type UpworkLosses } from '../model.ts';
import { dispensable, isDispensableInput, leanerDocument, leanerVariables } from './leaner-document.ts';
import { refusedParts } from './refused-parts.ts';

type Operation = Parameters<UpworkApi['request']>[0];
type Variables = Record<string, unknown>;

/** More rounds than this are no drift of the API. */
const mostRounds = 25;

/**
 * Sends an operation without what Upwork is known not to know any more, and, when it names more of that, again without it, down to what is
 * indispensable. A mutation is sent again only where the refusal says that nothing was executed. The first call of a UTC day asks for everything.
 * @throws what `send` throws, where nothing can be left out
 */
export async function askWithout<Answer>(
  losses: UpworkLosses,
  operation: Operation,
  variables: Variables,
  send: (operation: Operation, variables: Variables) => Promise<Answer>,
): Promise<Answer> {
  const document = parse(operation.document);
  const known = losses.of(operation.name);
  let lost = losses.isProbeDue(operation.name) ? [] : known;
  let said = '';
  for (let round = 1; ; round += 1) {
    const leaner = lost.length === 0 ? operation.document : leanerDocument(operation.name, document, lost);
    if (leaner === undefined) throw new UpworkError('invalid_query', `Upwork no longer knows what is needed. ${said}`);
    try {
      const answer = await send({ ...operation, document: leaner }, leanerVariables(variables, lost));
      if (lost.length > 0 || known.length > 0) losses.settle(operation.name, lost, said);
      return answer;
    } catch (error) {
      const more = round < mostRounds ? alsoLost(operation, document, leaner, lost, error) : undefined;
      if (!more) throw error;
      said = (error as UpworkError).message;
      lost = [...lost, ...more];
    }
  }
}

/** What a refusal adds to what is left out; undefined where asking again makes no sense. */
function alsoLost(
  { name, kind }: Operation,
  document: DocumentNode,
  sent: string,
  lost: readonly string[],
  error: unknown,
): string[] | undefined {
  if (!(error instanceof UpworkError) || error.code !== 'invalid_query') return undefined;
  if (kind === 'mutation' && !error.isUnsent) return undefined;
  const named = refusedParts(parse(sent), error.objections ?? []).filter(
    (path) => !lost.includes(path) && (!path.startsWith('filter.') || (kind === 'query' && isDispensableInput(path))),
  );
  const leaves = named.length > 0 ? named : dispensable(name, document).filter((path) => !lost.includes(path));
  if (leaves.length === 0 || (kind === 'mutation' && named.length === 0)) return undefined;
  return leanerDocument(name, document, [...lost, ...leaves]) === undefined ? undefined : leaves;
}
