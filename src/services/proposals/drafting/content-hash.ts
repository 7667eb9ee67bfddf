import { createHash } from 'node:crypto';
import type { ProposalTerms, ScreeningAnswer } from '../model.ts';

/** What a person confirms: everything that is sent, and what it costs. */
export interface ConfirmedContent {
  readonly jobExternalId: string;
  readonly coverLetter: string;
  readonly terms: ProposalTerms;
  readonly answers: readonly ScreeningAnswer[];
  /** Connects the job asks for, where known. */
  readonly connects?: number;
}

/** SHA-256, hexadecimal, over the content in one fixed form: any change of text, terms, answers or Connects changes it. */
export function contentHash({ jobExternalId, coverLetter, terms, answers, connects }: ConfirmedContent): string {
  const fixed = [
    jobExternalId,
    coverLetter,
    terms.rate ? [terms.rate.amount, terms.rate.currency] : null,
    terms.duration ?? null,
    terms.boostConnects ?? null,
    terms.milestones.map(({ title, amount, dueOn }) => [title, amount.amount, amount.currency, dueOn ?? null]),
    answers.map(({ question, answer }) => [question.position, question.text, answer]),
    connects ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(fixed)).digest('hex');
}
