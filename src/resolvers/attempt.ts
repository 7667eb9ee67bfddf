import { DomainError, type UserFailure, type Warning } from '../services/failures/model.ts';

/** What a mutation's payload says: its parts, or why there are none. */
export type Attempted<Parts> = Partial<Parts> & {
  readonly errors: readonly UserFailure[];
  readonly warnings: readonly Warning[];
};

/**
 * Turns what a caller can mend into a payload's `errors` (CONVENTIONS §6); anything else is thrown on.
 * @param work gives the parts of the payload, `errors` and `warnings` among them where there are some all the same
 */
export async function attempt<Parts extends object>(work: () => Parts | Promise<Parts>): Promise<Attempted<Parts>> {
  try {
    return { errors: [], warnings: [], ...(await work()) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { errors: error.failures, warnings: [] } as unknown as Attempted<Parts>;
  }
}
