/** The text of one named GraphQL operation, with the types of what it gives and what it takes. */
export type Document<Data, Variables extends object = Record<string, never>> = string & {
  readonly '~data'?: Data;
  readonly '~variables'?: Variables;
};

/** Joins an operation with the fragments it uses. The text is sent as it stands: its SHA-256 is its `documentId`. */
export function document<Data, Variables extends object = Record<string, never>>(
  operation: string,
  ...fragments: string[]
): Document<Data, Variables> {
  return [operation, ...fragments].map((text) => text.trim()).join('\n') as Document<Data, Variables>;
}

/** `sha256:<hex>` of the text (CONVENTIONS §11). */
export async function documentIdOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `sha256:${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
