import { NoServerError, ServerRefusedError } from '../client/errors.ts';
import type { Notice } from '../client/operations/answers.ts';

/** What the process ends with (PRODUCT, Command line). */
export const exitCodes = { done: 0, refused: 1, usage: 2, noServer: 3 } as const;

/** The command cannot be understood as it was given. The message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The server said no in a payload's `errors`, or what was asked for ended badly. `shown`: the command has already said so. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly notices: readonly Notice[];
  readonly shown: boolean;

  constructor(notices: readonly Notice[], options: { shown?: boolean } = {}) {
    super(notices.map((notice) => notice.message).join(' '));
    this.notices = notices;
    this.shown = options.shown ?? false;
  }
}

/** Throws RefusedError when a payload holds errors. */
export function refuseErrors(payload: { errors: readonly Notice[] }): void {
  if (payload.errors.length > 0) throw new RefusedError(payload.errors);
}

/** How a failure is told and what the process ends with. Undefined for what nobody expected. */
export function judgeFailure(error: unknown): { exitCode: number; notices: readonly Notice[] } | undefined {
  if (error instanceof UsageError) {
    return { exitCode: exitCodes.usage, notices: [{ code: 'USAGE', message: error.message }] };
  }
  if (error instanceof RefusedError) return { exitCode: exitCodes.refused, notices: error.shown ? [] : error.notices };
  if (error instanceof ServerRefusedError) return { exitCode: exitCodes.refused, notices: [describeRefusal(error)] };
  if (error instanceof NoServerError) {
    const message = `${error.message} Start one with: ghoststack prospector serve`;
    return { exitCode: exitCodes.noServer, notices: [{ code: 'NO_SERVER', message }] };
  }
  return undefined;
}

function describeRefusal({ code, message, extensions }: ServerRefusedError): Notice {
  const oldestCursor = extensions['oldestCursor'];
  if (code === 'UNAUTHENTICATED') {
    const advice = 'Set PROSPECTOR_TOKEN, or PROSPECTOR_HOME to the home of the server that is running.';
    return { code, message: `${message} ${advice}` };
  }
  if (code === 'CURSOR_EXPIRED' && typeof oldestCursor === 'string') {
    return { code, message: `${message} The oldest cursor still kept is ${oldestCursor}.` };
  }
  return { code, message };
}
