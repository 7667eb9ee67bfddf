import { SecretStoreError } from './model.ts';

/** `error` if it is ours; else one of ours that keeps nothing of it but its name: whatever a library puts into its errors ends here (T4). */
export function failureOf(error: unknown): SecretStoreError {
  if (error instanceof SecretStoreError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new SecretStoreError(
    'unexpected_response',
    `The secret store failed in a way nobody expected (${name}). Look at the log of the server, and report it.`,
  );
}
