import type { Money } from '../../jobs/model.ts';
import type { ProposalTerms, ProposalTermsPatch, ProposedMilestone } from '../model.ts';
import type { ValidationFailure } from './validation.ts';
import { invalid } from './validation.ts';

const milestonesAtMost = 50;
const titleAtMost = 500;
const connectsAtMost = 1_000;
const amountShape = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,2})?$/;

/**
 * Terms with a patch applied: absent leaves alone, null clears. Amounts have at most two decimals and are above zero.
 * @returns the terms, and every problem with its place in the input
 */
export function applyTerms(
  terms: ProposalTerms,
  patch: ProposalTermsPatch | undefined,
  currency: string,
): { terms: ProposalTerms; problems: ValidationFailure[] } {
  if (patch === undefined) return { terms, problems: [] };
  const problems: ValidationFailure[] = [];
  const code = patch.currency ?? terms.rate?.currency ?? terms.milestones[0]?.amount.currency ?? currency;
  if (patch.currency != null && patch.currency !== currency)
    problems.push(
      invalid(['terms', 'currency'], 'jobCurrency', currency, patch.currency, `The job pays in ${currency}.`),
    );
  const amount = (text: string, path: readonly string[]): Money => {
    if (!amountShape.test(text) || Number(text) <= 0)
      problems.push(
        invalid(path, 'amount', 'an amount above 0 with at most two decimals', text, `"${text}" is no amount to bid.`),
      );
    return { amount: plain(text), currency: code };
  };
  const rate =
    patch.rate === undefined ? terms.rate : patch.rate === null ? undefined : amount(patch.rate, ['terms', 'rate']);
  const boostConnects = patch.boostConnects === undefined ? terms.boostConnects : (patch.boostConnects ?? undefined);
  if (boostConnects !== undefined && (boostConnects < 0 || boostConnects > connectsAtMost))
    problems.push(
      invalid(
        ['terms', 'boostConnects'],
        'range',
        `0 to ${connectsAtMost}`,
        String(boostConnects),
        'The boost is out of range.',
      ),
    );
  const duration = patch.duration === undefined ? terms.duration : (patch.duration ?? undefined);
  const milestones =
    patch.milestones === undefined ? terms.milestones : readMilestones(patch.milestones ?? [], amount, problems);
  return {
    terms: {
      milestones,
      ...(rate && { rate }),
      ...(boostConnects !== undefined && boostConnects > 0 && { boostConnects }),
      ...(duration !== undefined && { duration }),
    },
    problems,
  };
}

function readMilestones(
  given: NonNullable<ProposalTermsPatch['milestones']>,
  amount: (text: string, path: readonly string[]) => Money,
  problems: ValidationFailure[],
): ProposedMilestone[] {
  if (given.length > milestonesAtMost)
    problems.push(
      invalid(
        ['terms', 'milestones'],
        'length',
        `at most ${milestonesAtMost}`,
        String(given.length),
        'There are too many milestones.',
      ),
    );
  return given.slice(0, milestonesAtMost).map(({ title, amount: text, dueOn }, index) => {
    const path = ['terms', 'milestones', String(index)];
    const name = title.trim();
    if (name === '' || name.length > titleAtMost)
      problems.push(
        invalid(
          [...path, 'title'],
          'length',
          `1 to ${titleAtMost} characters`,
          undefined,
          'A milestone needs a title.',
        ),
      );
    if (dueOn != null && !isDate(dueOn))
      problems.push(invalid([...path, 'dueOn'], 'date', 'YYYY-MM-DD', dueOn, `"${dueOn}" is no date.`));
    return { title: name, amount: amount(text, [...path, 'amount']), ...(dueOn != null && { dueOn }) };
  });
}

function isDate(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
