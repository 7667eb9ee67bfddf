import { type Command, InvalidArgumentError } from 'commander';
import type { Shell } from '../shell.ts';
import { engagementDurations } from './choices.ts';
import { parseChoice, parseWholeNumber } from './parse-options.ts';
import { readText } from './read-text.ts';

/** What a draft is made or changed with. */
export interface ProposalOptions {
  template?: string;
  coverLetterFile?: string;
  rate?: string;
  duration?: string;
  boost?: number;
  answer?: { position: number; answer: string }[];
  milestone?: { title: string; amount: string; dueOn?: string }[];
}

/** Adds the options shared by `draft` and `edit`. */
export function addProposalOptions(command: Command): Command {
  return command
    .option('--cover-letter-file <file>', 'take the cover letter from a file; - is standard input')
    .option('--rate <amount>', 'what an hour, or the whole of a fixed price, costs, e.g. 55 or 1250.50')
    .option(
      '--duration <length>',
      `how long it takes: ${Object.keys(engagementDurations).join(', ')}`,
      parseChoice(engagementDurations),
    )
    .option('--boost <connects>', 'Connects for a better place', parseWholeNumber(0, 1000))
    .option('--answer <n=text>', 'answer to screening question n; may be repeated', parseAnswer)
    .option('--milestone <title=amount[@date]>', 'a part of a fixed price; may be repeated', parseMilestone);
}

/** The input's fields that were given. Reads the file, or standard input. Throws UsageError. */
export async function proposalInputOf(options: ProposalOptions, shell: Shell): Promise<Record<string, unknown>> {
  const coverLetter = options.coverLetterFile && (await readText(options.coverLetterFile, shell));
  const terms = {
    ...(options.rate === undefined ? {} : { rate: options.rate }),
    ...(options.duration === undefined ? {} : { duration: options.duration }),
    ...(options.boost === undefined ? {} : { boostConnects: options.boost }),
    ...(options.milestone === undefined ? {} : { milestones: options.milestone }),
  };
  return {
    ...(coverLetter === undefined ? {} : { coverLetter }),
    ...(Object.keys(terms).length > 0 ? { terms } : {}),
    ...(options.answer === undefined ? {} : { answers: options.answer }),
  };
}

type Answers = NonNullable<ProposalOptions['answer']>;

function parseAnswer(text: string, before: Answers = []): Answers {
  const match = /^(\d{1,3})=(.*)$/s.exec(text);
  if (!match)
    throw new InvalidArgumentError('Expected the number of the question, =, and the answer: 1="Three years".');
  return [...before, { position: Number(match[1]), answer: match[2] ?? '' }];
}

type Milestones = NonNullable<ProposalOptions['milestone']>;

function parseMilestone(text: string, before: Milestones = []): Milestones {
  const match = /^(.+)=([\d.]+)(?:@(\d{4}-\d\d-\d\d))?$/.exec(text);
  if (!match) throw new InvalidArgumentError('Expected title=amount, or title=amount@2026-12-24.');
  const [, title = '', amount = '', dueOn] = match;
  return [...before, { title, amount, ...(dueOn === undefined ? {} : { dueOn }) }];
}
