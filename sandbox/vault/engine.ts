import type { Call } from './call.ts';
import type { Outcome } from './http/outcome.ts';

/** What is mounted somewhere and answers the calls below that path. */
export interface Engine {
  /** Whether what a path names exists: writing then needs `update`, else `create`. Undefined: the path makes no difference, it is `update`. */
  exists(path: string): boolean | undefined;
  /** Paths that need the `sudo` capability besides. */
  isSudo?(path: string): boolean;
  /** Paths anybody may call, a token or none. */
  isOpen?(path: string): boolean;
  answer(call: Call): Outcome;
}
