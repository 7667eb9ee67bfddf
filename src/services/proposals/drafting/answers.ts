import type { ScreeningQuestion } from '../../jobs/model.ts';
import type { AnswerInput, ScreeningAnswer } from '../model.ts';
import { invalid, type ValidationFailure } from './validation.ts';

const answerAtMost = 5_000;

/** Answers with the given ones put in, one for every question of the posting, in its order; unanswered ones are empty. */
export function applyAnswers(
  present: readonly ScreeningAnswer[],
  given: readonly AnswerInput[] | undefined,
): { answers: ScreeningAnswer[]; problems: ValidationFailure[] } {
  const problems: ValidationFailure[] = [];
  const wanted = new Map<number, string>();
  for (const [index, { position, answer }] of (given ?? []).entries()) {
    const path = ['answers', String(index)];
    const positions = present.map(({ question }) => question.position);
    if (!positions.includes(position)) {
      const there = positions.length === 0 ? 'no screening questions' : `questions ${positions.join(', ')}`;
      problems.push(
        invalid(
          [...path, 'position'],
          'position',
          `one of its ${there}`,
          String(position),
          `The job has no question ${position}.`,
        ),
      );
    }
    if (answer.length > answerAtMost)
      problems.push(
        invalid(
          [...path, 'answer'],
          'length',
          `at most ${answerAtMost} characters`,
          undefined,
          'The answer is too long.',
        ),
      );
    wanted.set(position, answer.toWellFormed());
  }
  return {
    answers: present.map(({ question, answer }) => ({ question, answer: wanted.get(question.position) ?? answer })),
    problems,
  };
}

/** An empty answer for each question. */
export function unanswered(questions: readonly ScreeningQuestion[]): ScreeningAnswer[] {
  return questions.map((question) => ({ question: { ...question }, answer: '' }));
}
