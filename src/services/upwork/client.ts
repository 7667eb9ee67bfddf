import type { Clock } from '../../clock.ts';
import { readIdentity } from './calls/identity.ts';
import { probe, probeDocuments } from './calls/probes.ts';
import { type CategoryNode, type UpworkApi, type UpworkClient, UpworkError } from './model.ts';
import { at, count, field, line, list } from './reading/read-value.ts';
import { createSearch } from './search/search.ts';

export const categoriesDocument =
  'query Categories { ontologyCategories { id preferredLabel subcategories { id preferredLabel } } }';

/** Upwork's API in our words, over `api`. Tolerant: what an answer leaves out or nulls is left out, what it adds is ignored. */
export function createUpworkClient({ api, clock }: { api: UpworkApi; clock: Pick<Clock, 'now'> }): UpworkClient {
  const search = createSearch(api, clock);
  return {
    identity: async (options) => {
      // Read at every connecting: the key may hold other scopes by now.
      search.forget();
      return readIdentity(api, options?.signal);
    },
    categories: async (options) => {
      const operation = { name: 'Categories', document: categoriesDocument, kind: 'query' } as const;
      const { data } = await api.request(operation, {}, { purpose: 'SCAN', ...options });
      return list(field(data, 'ontologyCategories')).flatMap(categoryOf);
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

function categoryOf(node: unknown): CategoryNode[] {
  return namedNode(node).map((category) => ({
    ...category,
    subcategories: list(field(node, 'subcategories')).flatMap(namedNode),
  }));
}

/** A node with its id and label, else nothing. */
function namedNode(node: unknown): { externalId: string; label: string }[] {
  const externalId = line(field(node, 'id'), 100);
  const label = line(field(node, 'preferredLabel'), 200);
  return externalId === undefined || label === undefined ? [] : [{ externalId, label }];
}
