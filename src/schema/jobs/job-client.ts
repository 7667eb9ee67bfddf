import type { JobClient } from '../../services/jobs/model.ts';
import { builder } from '../builder.ts';
import { MoneyRef } from '../scalars/money.ts';

export const JobClientRef = builder.objectRef<JobClient>('JobClient').implement({
  description:
    'Who posted a job. Everything may be withheld by Upwork. `hireRate` is approximate: hires divided by postings, at most 1. Upwork does not publish its own figure.',
  fields: (t) => ({
    externalId: t.exposeString('externalId', { nullable: true, description: "The platform's id of the client." }),
    country: t.expose('country', { type: 'CountryCode', nullable: true, description: 'Where the client is.' }),
    city: t.exposeString('city', { nullable: true, description: 'City the client is in.' }),
    timeZone: t.expose('timeZone', { type: 'TimeZone', nullable: true, description: "The client's time zone." }),
    paymentVerified: t.exposeBoolean('paymentVerified', {
      nullable: true,
      description: 'Whether the payment method is verified.',
    }),
    rating: t.expose('rating', { type: 'Decimal', nullable: true, description: 'Average rating, 0 to 5.' }),
    reviewCount: t.exposeInt('reviewCount', { nullable: true, description: 'How many reviews the rating rests on.' }),
    totalSpent: t.expose('totalSpent', {
      type: MoneyRef,
      nullable: true,
      description: 'Spent on the platform in all.',
    }),
    hires: t.exposeInt('hires', { nullable: true, description: 'How many were hired.' }),
    jobsPosted: t.exposeInt('jobsPosted', { nullable: true, description: 'How many jobs were posted.' }),
    hireRate: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Hires divided by postings, at most 1, in hundredths. Null without postings.',
      resolve: hireRateOf,
    }),
    memberSince: t.expose('memberSince', { type: 'Date', nullable: true, description: 'Day the client joined.' }),
  }),
});

function hireRateOf({ hires, jobsPosted }: JobClient): string | null {
  if (hires === undefined || !jobsPosted) return null;
  return String(Math.round(Math.min(1, hires / jobsPosted) * 100) / 100);
}
