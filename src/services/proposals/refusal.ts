import type { UserFailure } from '../failures/model.ts';

/** A refusal of Upwork in plain words. Only ALREADY_APPLIED and UNEXPECTED_ERROR were ever named (FACTS §7); the others are recognised by their words. */
export function refusalFailure(reason: string, handoffUrl: string | undefined): UserFailure {
  const page = handoffUrl === undefined ? {} : { handoffUrl };
  const base = { type: 'ProposalError', reason, ...page } as const;
  if (/already.?applied/i.test(reason))
    return { ...base, code: 'ALREADY_APPLIED', message: 'Upwork says that you have applied to this job already.' };
  if (/connects/i.test(reason))
    return {
      ...base,
      code: 'INSUFFICIENT_CONNECTS',
      message: 'Upwork says that there are not enough Connects. Buy some there, then submit again.',
    };
  if (/closed|filled|not.?active|no.?longer/i.test(reason))
    return { ...base, code: 'JOB_CLOSED', message: 'Upwork says that the job takes no more proposals.' };
  return {
    ...base,
    code: 'SUBMISSION_REFUSED',
    message: `Upwork refused the proposal ("${reason.slice(0, 200)}"). Nothing was submitted. Change it and try again, or apply on Upwork's page.`,
  };
}
