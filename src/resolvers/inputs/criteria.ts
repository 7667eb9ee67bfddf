import type { CriteriaInput } from '../../schema/jobs/job-filter.ts';
import type { DecimalRange, JobCriteria } from '../../services/jobs/model.ts';
import type { PreferencesPatch } from '../../services/preferences/model.ts';
import { withoutNull, withoutUndefined } from './without.ts';

type RangeInput = NonNullable<CriteriaInput['hourlyRate']>;

/** Criteria to filter by: null asks for nothing. */
export function toCriteria(input: CriteriaInput): JobCriteria {
  return withoutNull(toCriteriaPatch(input));
}

/** Criteria to change preferences by: absent leaves alone, null clears. */
export function toCriteriaPatch(input: CriteriaInput): NonNullable<PreferencesPatch['criteria']> {
  const { hourlyRate, fixedBudget, clientSpend, maximumAge, ...rest } = input;
  return withoutUndefined({
    ...rest,
    hourlyRate: hourlyRate && toRange(hourlyRate),
    fixedBudget: fixedBudget && toRange(fixedBudget),
    clientSpend: clientSpend && toRange(clientSpend),
    maximumAgeMs: maximumAge,
  });
}

function toRange(range: RangeInput): DecimalRange {
  return withoutNull(range);
}
