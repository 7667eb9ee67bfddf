import type { RequestBudget, ThrottleSource } from '../../services/budget/model.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../described-enum.ts';
import { RequestPurposeRef } from './connection-enums.ts';

const ThrottleSourceRef = describedEnum('ThrottleSource', 'Who holds requests back.', {
  UPWORK: 'Upwork asked for a pause.',
  BUDGET: 'The requests that the preferences allow for today are spent.',
} satisfies Record<ThrottleSource, string>);

const RequestPurposeCountRef = builder.objectRef<RequestBudget['byPurpose'][number]>('RequestPurposeCount').implement({
  description: "How many of today's requests served one purpose.",
  fields: (t) => ({
    purpose: t.expose('purpose', { type: RequestPurposeRef, description: 'What they were for.' }),
    count: t.exposeInt('count', { description: 'How many there were today.' }),
  }),
});

export const RequestBudgetRef = builder.objectRef<RequestBudget>('RequestBudget').implement({
  description: 'What we allow ourselves to ask of Upwork, shared by everything that uses the key.',
  fields: (t) => ({
    perDay: t.exposeInt('perDay', { description: 'Requests allowed per day.' }),
    usedToday: t.exposeInt('usedToday', { description: 'Requests made today.' }),
    remainingToday: t.exposeInt('remainingToday', { description: 'Requests left today.' }),
    resetsAt: t.expose('resetsAt', { type: 'DateTime', description: 'When the next day begins.' }),
    perSecond: t.exposeFloat('perSecond', { description: 'Requests allowed per second now; less after a 429.' }),
    byPurpose: t.expose('byPurpose', {
      type: [RequestPurposeCountRef],
      description: "What today's requests were for.",
    }),
    throttledUntil: t.expose('throttledUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'No request is made before; null when nothing holds them back.',
    }),
    throttledBy: t.expose('throttledBy', {
      type: ThrottleSourceRef,
      nullable: true,
      description: 'Who holds requests back; null when nobody does.',
    }),
  }),
});
