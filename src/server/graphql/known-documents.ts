import type { HttpServerOptions } from '../options.ts';
import { refusal } from '../refusal/refusal.ts';

/** What a client may send to name a document it does not write out (CONVENTIONS §11). */
export interface DocumentReference {
  readonly query?: unknown;
  /** `sha256:<hex>`. */
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

/**
 * Finds the text of a document that was named by its hash: `documentId`, or Apollo's `extensions.persistedQuery`.
 * Undefined: the client wrote the document out, or sent nothing at all.
 */
export type FindDocument = (reference: DocumentReference) => string | undefined;

/**
 * @returns a `FindDocument` that throws GraphQLError PERSISTED_DOCUMENT_NOT_FOUND, or PERSISTED_DOCUMENT_REQUIRED where
 * only known documents may run
 */
export function createFindDocument(
  documents: ReadonlyMap<string, string>,
  mode: HttpServerOptions['configuration']['persistedDocuments'],
): FindDocument {
  return (reference) => {
    const written = typeof reference.query === 'string' && reference.query !== '';
    const id = idOf(reference);
    if (written && mode === 'allow') return undefined;
    if (!written && id !== undefined) {
      const text = documents.get(id);
      if (text !== undefined) return text;
      throw refusal(
        'PERSISTED_DOCUMENT_NOT_FOUND',
        'This server does not know the document. Send its text as `query`, or use the documents this version ' +
          'of Prospector ships with.',
      );
    }
    if (mode === 'allow') return undefined;
    throw refusal(
      'PERSISTED_DOCUMENT_REQUIRED',
      'This server runs known documents only (PROSPECTOR_PERSISTED_DOCUMENTS=require). Name one by ' +
        '`documentId`, without `query`.',
    );
  };
}

function idOf({ documentId, extensions }: DocumentReference): string | undefined {
  if (typeof documentId === 'string') return documentId;
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
  const hash = persistedQuery?.sha256Hash;
  return typeof hash === 'string' ? `sha256:${hash}` : undefined;
}

/**
 * Refuses variables nested deeper than `levels`: whoever walks them may do so recursively.
 * @throws GraphQLError BAD_USER_INPUT
 */
export function assertShallow(variables: unknown, levels: number): void {
  let layer: readonly unknown[] = [variables];
  for (let level = 0; layer.length > 0; level += 1) {
    layer = layer
      .filter((value) => typeof value === 'object' && value !== null)
      .flatMap((value) => Object.values(value as object));
    if (level > levels && layer.length > 0)
      throw refusal('BAD_USER_INPUT', `The variables are nested deeper than ${levels} levels.`, { status: 400 });
  }
}
