import * as accessOperations from './access-operations.ts';
import * as filterOperations from './filter-operations.ts';
import * as operations from './operations.ts';
import * as proposalOperations from './proposal-operations.ts';
import * as searchOperations from './search-operations.ts';

/** Every GraphQL document our own programs send, by what they call it. The server knows them by their SHA-256 (CONVENTIONS §11). */
export const allOperations: Readonly<Record<string, string>> = {
  ...operations,
  ...accessOperations,
  ...filterOperations,
  ...proposalOperations,
  ...searchOperations,
};
