import type { Clock } from '../../clock.ts';
import type { Database } from '../database/model.ts';
import { DomainError } from '../failures/model.ts';
import type { CategoryNode } from '../upwork/model.ts';
import type { ResolvedCategories } from './model.ts';
import { resolveCategories } from './resolve.ts';

const keptMs = 7 * 86_400_000;
const platform = 'upwork';

/** What the category tree needs. `fetchTree` asks Upwork and throws UpworkError. */
export interface CategoriesDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly fetchTree: () => Promise<readonly CategoryNode[]>;
}

/** Upwork's category tree, fetched once a week. */
export interface Categories {
  /**
   * As kept, else fetched; an outdated one serves where a new one cannot be had. @throws DomainError
   * PLATFORM_NOT_CONNECTED when neither is possible
   */
  tree(): Promise<readonly CategoryNode[]>;
  /** As kept, without asking anybody. */
  kept(): readonly CategoryNode[] | undefined;
  /** Every label of the kept tree, categories and subcategories; undefined when none is kept. */
  labels(): readonly string[] | undefined;
  /**
   * Ids for labels or ids, in any case. An empty list resolves to nothing without a tree. @throws UpworkError when
   * there is no tree to be had
   */
  resolve(names: readonly string[]): Promise<ResolvedCategories>;
}

/** The category tree of this database. Concurrent callers share one fetch. */
export function createCategories({ db, clock, fetchTree }: CategoriesDeps): Categories {
  const select = db.sql.prepare('SELECT tree, fetched_at AS fetchedAt FROM category_trees WHERE platform = ?');
  const write = db.sql.prepare(
    'INSERT INTO category_trees (platform, tree, fetched_at) VALUES (?, ?, ?) ON CONFLICT (platform) DO UPDATE SET tree = excluded.tree, fetched_at = excluded.fetched_at',
  );
  let fetching: Promise<readonly CategoryNode[]> | undefined;

  const readKept = () => {
    const row = select.get(platform) as { tree: string; fetchedAt: number } | undefined;
    return row && { tree: JSON.parse(row.tree) as readonly CategoryNode[], fetchedAt: row.fetchedAt };
  };
  const fetchOnce = async () => {
    const tree = await fetchTree();
    // An empty tree would turn every name into an unknown one.
    if (tree.length > 0) write.run(platform, JSON.stringify(tree), clock.now().getTime());
    return tree;
  };
  const load = async (): Promise<readonly CategoryNode[]> => {
    const row = readKept();
    const ageMs = row ? clock.now().getTime() - row.fetchedAt : 0;
    if (row && ageMs >= 0 && ageMs < keptMs) return row.tree;
    fetching ??= fetchOnce().finally(() => {
      fetching = undefined;
    });
    try {
      const tree = await fetching;
      return tree.length > 0 || !row ? tree : row.tree;
    } catch (error) {
      if (row) return row.tree;
      throw error;
    }
  };

  return {
    tree: async () => {
      try {
        return await load();
      } catch {
        throw new DomainError({
          type: 'PlatformConnectionError',
          code: 'PLATFORM_NOT_CONNECTED',
          message:
            'The categories have not been read yet, and Upwork cannot be asked now. Connect first, then ask again.',
          status: 'DISCONNECTED',
          missingConfiguration: [],
        });
      }
    },
    kept: () => readKept()?.tree,
    labels: () =>
      readKept()?.tree.flatMap(({ label, subcategories }) => [label, ...subcategories.map((inner) => inner.label)]),
    resolve: async (names) => resolveCategories(names, names.length > 0 ? await load() : []),
  };
}
