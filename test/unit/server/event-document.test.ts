import { buildSchema, print } from 'graphql';
import { expect, it } from 'vitest';
import { createEventDocument } from '../../../src/server/subscriptions/event-document.ts';

it('Prospector asks for each kind of event with its scalars and the scalars of its subjects, and nothing that takes arguments or is raw', () => {
  const schema = buildSchema(`
    scalar JSONObject
    enum EventType { A B }
    interface Event { id: ID! cursor: String! type: EventType! }
    type A implements Event { id: ID! cursor: String! type: EventType! message: String! subject: Subject! changed: [String!]! others: [Subject!]! }
    type B implements Event { id: ID! cursor: String! type: EventType! message: String gap: Subject }
    type Subject { name: String! tags: [String!]! kind: EventType excerpt(length: Int = 3): String raw: JSONObject inner: Subject }
    type Query { a: Int }
    type Subscription { events(types: [EventType!], after: String): Event! }
  `);
  expect(print(createEventDocument(schema))).toBe(`subscription Events($types: [EventType!], $after: String) {
  events(types: $types, after: $after) {
    __typename
    ... on A {
      id
      cursor
      type
      message
      changed
      subject {
        name
        tags
        kind
      }
    }
    ... on B {
      id
      cursor
      type
      message
      gap {
        name
        tags
        kind
      }
    }
  }
}`);
});
