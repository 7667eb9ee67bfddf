import { builder } from '../builder.ts';
import { type Envelope, EventRef } from './event.ts';

interface EventPage {
  readonly edges: { readonly node: Envelope; readonly cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export const EventConnectionRef = builder.connectionObject<typeof EventRef, EventPage>(
  { type: EventRef, name: 'EventConnection', description: 'A page of the event log.' },
  { name: 'EventEdge', description: 'An event with its place in the log.' },
);
