import type { JobClient } from '../../jobs/model.ts';
import { countryCode } from '../reading/country-code.ts';
import { count, decimal, field, line, money, timeZone, word } from '../reading/read-value.ts';
import { verification } from './words.ts';

/** What the errors of an answer say was withheld from a posting, so that its null says nothing. */
export interface Withheld {
  readonly verificationStatus?: boolean;
}

/**
 * Who posted, as the search node tells it (FACTS §5, client object). What is null or not believable is left out,
 * apart from the verification: Upwork sends `VERIFIED` or null, so that a null it does not call an error means "not
 * verified".
 */
export function postingClient(client: unknown, withheld: Withheld = {}): JobClient {
  const location = field(client, 'location');
  const reviewCount = count(field(client, 'totalReviews'));
  const values = {
    country: countryCode(line(field(location, 'country'), 100) ?? ''),
    city: line(field(location, 'city'), 200),
    timeZone: timeZone(field(location, 'timezone')),
    paymentVerified: verifiedOf(field(client, 'verificationStatus'), withheld),
    rating: ratingOf(field(client, 'totalFeedback'), reviewCount),
    reviewCount,
    totalSpent: money(field(client, 'totalSpent')),
    hires: count(field(client, 'totalHires')),
    jobsPosted: count(field(client, 'totalPostedJobs')),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function verifiedOf(status: unknown, withheld: Withheld): boolean | undefined {
  return status === null && !withheld.verificationStatus ? false : word(status, verification);
}

/** 0–5; the 0 of a client nobody has reviewed is no rating. */
function ratingOf(feedback: unknown, reviews: number | undefined): string | undefined {
  const rating = decimal(feedback);
  if (rating === undefined || Number(rating) > 5 || (Number(rating) === 0 && !reviews)) return undefined;
  return String(Math.round(Number(rating) * 100) / 100);
}
