import type { Clock } from '../../../clock.ts';
import type { Posting } from '../../jobs/model.ts';
import {
  type FieldFigures,
  type SearchPage,
  type UpstreamSearch,
  type UpworkApi,
  type UpworkClient,
  UpworkError,
} from '../model.ts';
import { at, count, elements, field } from '../reading/read-value.ts';
import { fieldReadings } from './field-readings.ts';
import { postingOf } from './posting.ts';
import type { Withheld } from './posting-client.ts';
import { type SearchDetail, searchDetails, searchDocument, searchWithout } from './search-document.ts';

/** Read in one go, whatever was asked for: more would hold everything else up (RELIABILITY F101). */
const mostEdges = 1_000;
/** The cursor of the top of the list (FACTS §5). */
const firstCursor = '0';

/** One page of the job search. Learns which fields the key may not read, and does without them. `figures` hears how fields came. */
export function createSearch(
  api: UpworkApi,
  clock: Pick<Clock, 'now'>,
  figures?: FieldFigures,
): UpworkClient['search'] & { forget(): void } {
  let detail: SearchDetail = 'full';
  const search: UpworkClient['search'] = async (wanted, page, options) => {
    const variables = { filter: filterOf(wanted, page), sort: [{ field: 'RECENCY' }] };
    try {
      const operation = { name: 'SearchJobs', document: searchDocument(detail), kind: 'query' } as const;
      const { data, fieldErrors } = await api.request(operation, variables, options);
      const connection = field(data, 'marketplaceJobPostingsSearch');
      const read = pageOf(connection, page, fieldErrors, clock.now());
      const edges = (elements(field(connection, 'edges')) ?? []).slice(0, read.received);
      figures?.note(edges.flatMap((edge) => fieldReadings(field(edge, 'node'), clock.now())));
      return read;
    } catch (error) {
      const less = error instanceof UpworkError ? searchWithout(error.missing ?? []) : undefined;
      if (less === undefined || searchDetails.indexOf(less) <= searchDetails.indexOf(detail)) throw error;
      detail = less;
      return search(wanted, page, options);
    }
  };
  return Object.assign(search, {
    forget: () => {
      detail = 'full';
    },
  });
}

/** By the names of the documented filter. An empty list would find nothing; rates, budgets and workload are never sent (FACTS §5). */
function filterOf(search: UpstreamSearch, { first, after }: { first: number; after: string }) {
  const { expression, categoryIds = [], subcategoryIds = [], jobType, experienceLevel, verifiedPaymentOnly } = search;
  return {
    pagination_eq: { first, after },
    ...(expression !== undefined && expression !== '' && { searchExpression_eq: expression }),
    ...(categoryIds.length > 0 && { categoryIds_any: categoryIds }),
    ...(subcategoryIds.length > 0 && { subcategoryIds_any: subcategoryIds }),
    ...(jobType && { jobType_eq: jobType }),
    ...(experienceLevel && { experienceLevel_eq: experienceLevel }),
    ...(verifiedPaymentOnly && { verifiedPaymentOnly_eq: true }),
  };
}

/**
 * The edges; none where Upwork says that there are none.
 * @throws UpworkError where there is no list and nothing says that it would be empty
 */
function edgesOf(connection: unknown, totalCount: number | undefined, fieldErrors: readonly string[]) {
  const edges = elements(field(connection, 'edges'));
  if (edges) return edges;
  if (totalCount === 0 && fieldErrors.length === 0) return [];
  const said = fieldErrors[0] === undefined ? '' : ` It said: ${fieldErrors[0]}`;
  throw new UpworkError('unexpected_response', `Upwork answered the search without a list of postings.${said}`);
}

/** What of a posting the errors of the answer name. Their text begins with the path, where there is one. */
function withheldAt(place: number, fieldErrors: readonly string[]): Withheld {
  const paths = fieldErrors
    .filter((text) => text.includes('verificationStatus'))
    .map((text) => /edges\.(\d+)\./.exec(text)?.[1]);
  return { verificationStatus: paths.some((named) => named === undefined || Number(named) === place) };
}

function pageOf(
  connection: unknown,
  page: { first: number; after: string },
  fieldErrors: readonly string[],
  now: Date,
): SearchPage {
  if (typeof connection !== 'object' || connection === null)
    throw new UpworkError(
      'unexpected_response',
      `Upwork answered the search with nothing. ${fieldErrors[0] ?? ''}`.trim(),
    );
  const totalCount = count(field(connection, 'totalCount'));
  const sent = edgesOf(connection, totalCount, fieldErrors);
  // At the top of the list: further down, an empty page is how it ends.
  if (sent.length === 0 && totalCount !== undefined && totalCount > 0 && page.after === firstCursor)
    throw new UpworkError('unexpected_response', `Upwork says that ${totalCount} postings fit, and sent none of them.`);
  const edges = sent.slice(0, Math.max(page.first, mostEdges));
  const isCut = edges.length < sent.length;
  const postings: Posting[] = [];
  const nulledAt: number[] = [];
  let withoutId = 0;
  for (const [place, edge] of edges.entries()) {
    const node = field(edge, 'node');
    const posting =
      node === undefined || node === null ? undefined : postingOf(node, now, withheldAt(place, fieldErrors));
    if (posting) postings.push(posting);
    else nulledAt.push(place);
    if (!posting && node) withoutId += 1;
  }
  const hasNextPage = at(connection, 'pageInfo', 'hasNextPage');
  const endCursor = at(connection, 'pageInfo', 'endCursor');
  return {
    postings,
    received: edges.length,
    nulled: nulledAt.length,
    ...(nulledAt.length > 0 && { nulledAt }),
    ...(totalCount !== undefined && { totalCount }),
    // Where nothing is said, a full page promises more.
    hasNextPage: isCut || (typeof hasNextPage === 'boolean' ? hasNextPage : edges.length >= page.first),
    // Behind what was not read; the count goes on where reading ended.
    ...(!isCut && typeof endCursor === 'string' && endCursor !== '' && { endCursor }),
    problems: [
      ...fieldErrors,
      ...(withoutId > 0 ? [`Postings that came without an id: ${withoutId}.`] : []),
      ...(isCut ? [`Upwork sent ${sent.length} postings at once; ${edges.length} were read.`] : []),
    ],
  };
}
