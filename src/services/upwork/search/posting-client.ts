import type { JobClient } from '../../jobs/model.ts';
import { countryCode } from '../reading/country-code.ts';
import { count, decimal, field, line, money, timeZone, word } from '../reading/read-value.ts';

const verification: Readonly<Record<string, boolean>> = {
  VERIFIED: true,
  NOT_VERIFIED: false,
  ACTIVE_BUT_NOT_VERIFIED: false,
  VERIFICATION_IN_PROGRESS: false,
};

/** Who posted, as the search node tells it (FACTS §5, client object). What is null or not believable is left out. */
export function postingClient(client: unknown): JobClient {
  const location = field(client, 'location');
  const reviewCount = count(field(client, 'totalReviews'));
  const values = {
    country: countryCode(line(field(location, 'country'), 100) ?? ''),
    city: line(field(location, 'city'), 200),
    timeZone: timeZone(field(location, 'timezone')),
    paymentVerified: word(field(client, 'verificationStatus'), verification),
    rating: ratingOf(field(client, 'totalFeedback'), reviewCount),
    reviewCount,
    totalSpent: money(field(client, 'totalSpent')),
    hires: count(field(client, 'totalHires')),
    jobsPosted: count(field(client, 'totalPostedJobs')),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** 0–5; the 0 of a client nobody has reviewed is no rating. */
function ratingOf(feedback: unknown, reviews: number | undefined): string | undefined {
  const rating = decimal(feedback);
  if (rating === undefined || Number(rating) > 5 || (Number(rating) === 0 && !reviews)) return undefined;
  return String(Math.round(Number(rating) * 100) / 100);
}
