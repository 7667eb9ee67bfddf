import type { CriterionName, DecimalRange, JobCriteria } from '../jobs/model.ts';
import { isoDuration, withoutUnset } from './criteria-patch.ts';

/** Criteria that let more through by one criterion, and how that is said: "With …" or "Without …". */
export interface Relaxation {
  readonly criterion: CriterionName;
  readonly criteria: JobCriteria;
  readonly how: string;
}

/** The field of `JobCriteria` that holds a criterion. */
export function fieldOf(criterion: CriterionName): keyof JobCriteria {
  return criterion === 'maximumAge' ? 'maximumAgeMs' : criterion;
}

/** The ways to ask less by one criterion, the gentlest first; the last is to do without it. Whatever passes before passes after, but for the score. */
export function relaxationsOf(criteria: JobCriteria, criterion: CriterionName): Relaxation[] {
  const change = (fields: { readonly [Key in keyof JobCriteria]?: unknown }, how: string): Relaxation => ({
    criterion,
    criteria: withoutUnset({ ...criteria, ...fields }),
    how,
  });
  const known = criteria.requireKnown ?? [];
  const { value, how } = widened(criteria, criterion) ?? {};
  return [
    ...(known.includes(criterion)
      ? [
          change(
            { requireKnown: known.filter((name) => name !== criterion) },
            `With jobs of which Upwork does not say \`${criterion}\``,
          ),
        ]
      : []),
    ...(how === undefined ? [] : [change({ [fieldOf(criterion)]: value }, `With \`${criterion}\` ${how}`)]),
    change({ [fieldOf(criterion)]: undefined }, `Without \`${criterion}\``),
  ];
}

const halfStar = 0.5;
const scoreStep = 10;

function widened(criteria: JobCriteria, criterion: CriterionName): { value: unknown; how: string } | undefined {
  switch (criterion) {
    case 'hourlyRate':
    case 'fixedBudget':
    case 'clientSpend':
      return widerRange(criteria[criterion]);
    case 'clientMinimumRating': {
      const least = Number(criteria.clientMinimumRating ?? 0) - halfStar;
      return least > 0 ? { value: decimalOf(least), how: `from ${decimalOf(least)}` } : undefined;
    }
    case 'maximumProposals': {
      const most = Math.max(5, (criteria.maximumProposals ?? 0) * 2);
      return { value: most, how: `up to ${most}` };
    }
    case 'maximumAge': {
      const mostMs = (criteria.maximumAgeMs ?? 0) * 2;
      return { value: mostMs, how: `up to ${isoDuration(mostMs)}` };
    }
    case 'minimumMatchScore': {
      const least = (criteria.minimumMatchScore ?? 0) - scoreStep;
      return least > 0 ? { value: least, how: `from ${least}` } : undefined;
    }
    default:
      return undefined;
  }
}

/** A quarter further down and a third further up. */
function widerRange(range: DecimalRange | undefined): { value: DecimalRange; how: string } | undefined {
  if (range === undefined) return undefined;
  const { min, max, currency = 'USD' } = range;
  const least = min === undefined ? undefined : decimalOf(Number(min) * 0.75, 'down');
  const most = max === undefined ? undefined : decimalOf((Number(max) * 4) / 3, 'up');
  if (least === undefined && most === undefined) return undefined;
  const said = [least === undefined ? '' : `from ${least}`, most === undefined ? '' : `up to ${most}`];
  return {
    value: {
      ...range,
      ...(least !== undefined && { min: least }),
      ...(most !== undefined && { max: most }),
    },
    how: `${said.filter((part) => part !== '').join(' ')} ${currency}`,
  };
}

/** A decimal string; amounts above ten without a fraction. */
function decimalOf(value: number, rounding?: 'up' | 'down'): string {
  const step = value > 10 ? 1 : 100;
  const round = rounding === 'up' ? Math.ceil : rounding === 'down' ? Math.floor : Math.round;
  return String(round(value * step) / step);
}
