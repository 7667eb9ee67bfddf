/** What names of categories stand for. */
export interface ResolvedCategories {
  /**
   * Ids to ask Upwork with. It wants both kinds to hold at once, therefore never both: where subcategories were named,
   * categories stand as theirs.
   */
  readonly categoryIds: readonly string[];
  readonly subcategoryIds: readonly string[];
  /** Everything a posting may call them: what was given, label, id and slug. */
  readonly names: readonly string[];
  /** Everything a posting may call the categories whose subcategories were named. */
  readonly parents: readonly string[];
  readonly unknown: readonly { readonly name: string; readonly suggestions: readonly string[] }[];
}

/** `Web, Mobile & Software Dev` → `web_mobile_software_dev`, as postings name it (FACTS §5). */
export function slugOf(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
