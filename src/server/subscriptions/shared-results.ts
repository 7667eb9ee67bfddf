import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql';
import type { ApiScope } from '../../services/access/model.ts';

/** An event on its way to one subscriber; `replayed` may differ between two. */
export interface Delivered {
  readonly cursor: string;
  readonly replayed: boolean;
}

/** The selection of a subscriber: two with the same one get the same answers. */
export interface Selection {
  readonly args: Pick<ExecutionArgs, 'document' | 'operationName' | 'variableValues'>;
  /** What else an answer depends on. */
  readonly scopes: readonly ApiScope[];
}

/** Results kept at most: subscribers of one selection meet at the same few events. */
const keptAtMost = 64;

/**
 * The same selection of the same event is worked out once for all its subscribers (issue 19, letter K), as long as
 * nobody has written into the database in between: then it is worked out anew, so that nobody is shown what has changed
 * or expired.
 * @param dataVersion changes with every write, of whichever process
 */
export function createSharedResults(dataVersion: () => string) {
  const numbers = new WeakMap<DocumentNode, number>();
  const results = new Map<string, Promise<ExecutionResult>>();
  let count = 0;
  let version = '';

  return {
    /** A function that gives the result of an event, worked out by `work` unless somebody has it already. */
    of: ({ args, scopes }: Selection) => {
      const number = numbers.get(args.document) ?? count++;
      numbers.set(args.document, number);
      const { after: _, ...variables } = (args.variableValues ?? {}) as Record<string, unknown>;
      const selection = JSON.stringify([number, args.operationName ?? null, variables, [...scopes].sort()]);
      return (event: Delivered, work: () => Promise<ExecutionResult>): Promise<ExecutionResult> => {
        const now = dataVersion();
        if (now !== version) results.clear();
        version = now;
        const key = `${event.cursor} ${event.replayed} ${selection}`;
        const known = results.get(key);
        if (known) return known;
        const result = work();
        results.set(key, result);
        result.catch(() => results.delete(key));
        for (const oldest of results.keys()) {
          if (results.size <= keptAtMost) break;
          results.delete(oldest);
        }
        return result;
      };
    },
  };
}
