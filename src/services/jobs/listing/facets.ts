import { countryName } from '../criteria/countries.ts';
import type { JobFacet, JobFacetName, JobsQuery } from '../model.ts';
import { compose, type Sql } from '../sql.ts';
import type { Statements } from '../statements.ts';
import { parseTextQuery } from '../text/text-query.ts';
import type { FilterContext } from './filter.ts';
import { conditionOf } from './job-list.ts';

const mostBuckets = 100;

/** Where the values of a facet come from, and how each is called. Null values are not counted. */
interface FacetSource {
  readonly value: string;
  /** Defaults to the value. */
  readonly label?: string;
  readonly from?: string;
  readonly name?: (label: string) => string;
}

const sentence = (value: string) => value.charAt(0) + value.slice(1).toLowerCase().replaceAll('_', ' ');
const levelNames: Readonly<Record<string, string>> = {
  ENTRY: 'Entry level',
  INTERMEDIATE: 'Intermediate',
  EXPERT: 'Expert',
};

/** Upper bounds in whole units; the last band is open. Those of Upwork's own search form for fixed prices. */
const fixedBands = [100, 500, 1_000, 5_000];
const hourlyBands = [15, 30, 50, 100];

const sources: Readonly<Record<JobFacetName, FacetSource>> = {
  CATEGORY: {
    value: 'coalesce(jobs.subcategory_id, jobs.subcategory_label, jobs.category_id, jobs.category_label)',
    label: 'coalesce(jobs.subcategory_label, jobs.subcategory_id, jobs.category_label, jobs.category_id)',
  },
  SKILL: { value: 'lower(skill.value)', label: 'skill.value', from: 'jobs, json_each(jobs.skills) AS skill' },
  TYPE: { value: 'jobs.type', name: sentence },
  EXPERIENCE_LEVEL: { value: 'jobs.experience_level', name: (level) => levelNames[level] ?? sentence(level) },
  CLIENT_COUNTRY: { value: 'jobs.client_country', name: countryName },
  TRIAGE: { value: 'jobs.triage', name: sentence },
  STATE: { value: 'jobs.state', name: sentence },
  BUDGET_BAND: {
    value: `CASE WHEN jobs.currency <> 'USD' THEN NULL WHEN jobs.type = 'FIXED_PRICE' THEN ${bandsOf('FIXED', 'jobs.fixed_budget', fixedBands)}
      WHEN jobs.type = 'HOURLY' THEN ${bandsOf('HOURLY', 'coalesce(jobs.hourly_max, jobs.hourly_min)', hourlyBands)} END`,
    name: bandName,
  },
};

interface BucketRow {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}

/** Counts the jobs of a list by what they have in common: the largest 100 buckets of each facet, largest first. */
export function createFacets({ statements, context }: { statements: Statements; context: () => FilterContext }) {
  return (query: JobsQuery, names: readonly JobFacetName[]): JobFacet[] => {
    const condition = conditionOf(query, parseTextQuery(query.query), context());
    return [...new Set(names)].map((name) => {
      const { name: nameOf = (label: string) => label } = sources[name];
      const buckets = statements.all<BucketRow>(countBy(sources[name], condition));
      return { name, buckets: buckets.map(({ value, label, count }) => ({ value, label: nameOf(label), count })) };
    });
  };
}

function countBy({ value, label = value, from = 'jobs' }: FacetSource, condition: Sql): Sql {
  return compose(
    `SELECT value, max(label) AS label, count(*) AS count FROM (SELECT ${value} AS value, ${label} AS label FROM ${from} WHERE {0})
     WHERE value IS NOT NULL GROUP BY value ORDER BY count DESC, value LIMIT ${mostBuckets}`,
    condition,
  );
}

/** `FIXED_0_100`, `FIXED_100_500` … `FIXED_5000_UP`. */
function bandsOf(kind: string, amount: string, bounds: readonly number[]): string {
  const bands = bounds.map(
    (bound, index) => `WHEN ${amount} < ${bound}0000 THEN '${kind}_${bounds[index - 1] ?? 0}_${bound}'`,
  );
  return `CASE ${bands.join(' ')} WHEN ${amount} IS NOT NULL THEN '${kind}_${bounds.at(-1)}_UP' END`;
}

function bandName(band: string): string {
  const [kind, low, high] = band.split('_');
  const dollars = (amount: string | undefined) => `$${Number(amount).toLocaleString('en-US')}`;
  const per = kind === 'HOURLY' ? ' an hour' : '';
  if (low === '0') return `Under ${dollars(high)}${per}`;
  return high === 'UP' ? `${dollars(low)} and more${per}` : `${dollars(low)} to ${dollars(high)}${per}`;
}
