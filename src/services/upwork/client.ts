import type { Clock } from '../../clock.ts';
import { readIdentity } from './calls/identity.ts';
import { probe, probeDocuments } from './calls/probes.ts';
import { type CategoryNode, type FieldFigures, type UpworkApi, type UpworkClient, UpworkError } from './model.ts';
import { at, count, elements, field, line } from './reading/read-value.ts';
import { createSearch } from './search/search.ts';

export const categoriesDocument =
  'query Categories { ontologyCategories { id preferredLabel subcategories { id preferredLabel } } }';

/** What the client needs. `figures` hears how the fields of postings came. */
export interface UpworkClientDeps {
  readonly api: UpworkApi;
  readonly clock: Pick<Clock, 'now'>;
  readonly figures?: FieldFigures;
}

/**
 * Upwork's API in our words, over `api`. Tolerant: what an answer leaves out or nulls is left out, what it adds is
 * ignored.
 */
export function createUpworkClient({ api, clock, figures }: UpworkClientDeps): UpworkClient {
  const search = createSearch(api, clock, figures);
  return {
    identity: async (options) => {
      // Read at every connecting: the key may hold other scopes by now.
      search.forget();
      return readIdentity(api, options?.signal);
    },
    categories: async (options) => {
      const operation = { name: 'Categories', document: categoriesDocument, kind: 'query' } as const;
      const { data } = await api.request(operation, {}, { purpose: 'SCAN', ...options });
      return treeOf(field(data, 'ontologyCategories'));
    },
    search,
    probe: (name, identity, options) => probe(api, name, identity, options?.signal),
    connectsBalance: async (options) => {
      const operation = { name: 'ConnectsBalance', document: probeDocuments.connects, kind: 'query' } as const;
      try {
        const { data } = await api.request(operation, {}, { purpose: 'PROPOSALS', ...options });
        return count(at(data, 'connectsSummary', 'connectsBalance'));
      } catch (error) {
        const isDenied =
          error instanceof UpworkError && ['missing_scopes', 'authorization_failed'].includes(error.code);
        if (isDenied) return undefined;
        throw error;
      }
    },
    sent: () => api.sent(),
  };
}

/** The whole tree, or none: half of one would turn the names of the other half into unknown ones. */
function treeOf(value: unknown): readonly CategoryNode[] {
  const nodes = elements(value);
  const tree = nodes?.flatMap((node) => {
    const subcategories = elements(field(node, 'subcategories'));
    return subcategories
      ? namedNode(node).map((category) => ({ ...category, subcategories: subcategories.flatMap(namedNode) }))
      : [];
  });
  if (tree && tree.length === nodes?.length) return tree;
  throw new UpworkError('unexpected_response', 'Upwork sent a tree of categories that could not be read whole.');
}

/** A node with its id and label, else nothing. */
function namedNode(node: unknown): { externalId: string; label: string }[] {
  const externalId = line(field(node, 'id'), 100);
  const label = line(field(node, 'preferredLabel'), 200);
  return externalId === undefined || label === undefined ? [] : [{ externalId, label }];
}
