import type { CategoryNode } from '../upwork/model.ts';
import { type ResolvedCategories, slugOf } from './model.ts';
import { nearestOf } from './nearest.ts';

/** Finds labels, slugs or ids, whatever their case, among categories and subcategories. */
export function resolveCategories(names: readonly string[], tree: readonly CategoryNode[]): ResolvedCategories {
  const categories = new Set<CategoryNode>();
  const subcategories = new Set<string>();
  const aliases = new Set<string>();
  const parents = new Set<string>();
  const unknown: { name: string; suggestions: string[] }[] = [];
  const labels = tree.flatMap((node) => [node.label, ...node.subcategories.map(({ label }) => label)]);
  for (const name of names) {
    let known = false;
    for (const node of tree) {
      if (isNamed(node, name)) {
        categories.add(node);
        addAliases(aliases, name, node);
        known = true;
      }
      for (const inner of node.subcategories) {
        if (!isNamed(inner, name)) continue;
        subcategories.add(inner.externalId);
        addAliases(aliases, name, inner);
        addAliases(parents, node.label, node);
        known = true;
      }
    }
    if (!known) unknown.push({ name, suggestions: nearestOf(name, labels) });
  }
  const mixed = subcategories.size > 0;
  if (mixed) for (const node of categories) for (const inner of node.subcategories) subcategories.add(inner.externalId);
  return {
    categoryIds: mixed ? [] : [...categories].map(({ externalId }) => externalId),
    subcategoryIds: [...subcategories],
    names: [...aliases],
    parents: [...parents],
    unknown,
  };
}

interface Named {
  readonly externalId: string;
  readonly label: string;
}

function isNamed(node: Named, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  return node.externalId === wanted || node.label.toLowerCase() === wanted || slugOf(node.label) === wanted;
}

function addAliases(aliases: Set<string>, name: string, node: Named): void {
  for (const alias of [name, node.label, node.externalId, slugOf(node.label)]) aliases.add(alias);
}
