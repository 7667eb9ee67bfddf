import { slugOf } from '../../categories/model.ts';
import type { CategoryNode } from '../../upwork/model.ts';
import type { Posting } from '../model.ts';

/**
 * The posting with the ids and labels of its categories, where Upwork gave their slugs alone (`web_development`,
 * FACTS §5) and the tree has them. Without a tree, or for a name it does not have, the posting stays as it is.
 */
export function withCategoryLabels(posting: Posting, tree: readonly CategoryNode[] | undefined): Posting {
  const named = <Node extends { readonly label: string }>(nodes: readonly Node[], label: string | undefined) =>
    label === undefined ? undefined : nodes.find((node) => slugOf(node.label) === label.toLowerCase());
  if (!tree) return posting;
  const category = posting.categoryId === undefined ? named(tree, posting.categoryLabel) : undefined;
  const within = tree.filter(({ externalId }) => externalId === (category?.externalId ?? posting.categoryId));
  const subcategory =
    posting.subcategoryId === undefined
      ? named(
          (within.length > 0 ? within : tree).flatMap(({ subcategories }) => subcategories),
          posting.subcategoryLabel,
        )
      : undefined;
  return {
    ...posting,
    ...(category && { categoryId: category.externalId, categoryLabel: category.label }),
    ...(subcategory && { subcategoryId: subcategory.externalId, subcategoryLabel: subcategory.label }),
  };
}
