import type { ResponseError } from './errors.ts';
import { documentIdOf } from './operations/document.ts';

/** One operation by its `documentId`, for servers that take known documents only. Both spellings of CONVENTIONS §11 are sent. */
export async function persistedRequest(text: string, variables: object): Promise<object> {
  const documentId = await documentIdOf(text);
  const sha256Hash = documentId.slice('sha256:'.length);
  return { documentId, variables, extensions: { persistedQuery: { version: 1, sha256Hash } } };
}

/** True for the error of a server that takes known documents only. */
export function isPersistedDocumentRequired(error: ResponseError): boolean {
  return error.extensions?.['code'] === 'PERSISTED_DOCUMENT_REQUIRED';
}
