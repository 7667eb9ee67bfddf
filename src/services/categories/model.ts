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
  readonly unknown: readonly { readonly name: string; readonly suggestions: readonly string[] }[];
}
