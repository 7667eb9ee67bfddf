import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { measure, paid } from '../../../src/resolvers/index.ts';

const pay = (source: string, data: unknown, variables?: Record<string, unknown>) =>
  paid({ document: parse(source), variables }, data);

it('11.3 an operation pays for what is there: three jobs of a page of a hundred are three', () => {
  const source = '{ jobs(first: 100) { edges { node { title client { country } } } } }';
  const edge = { node: { title: 'A', client: { country: 'DE' } } };
  expect(measure({ document: parse(source) }).complexity).toBe(101);
  expect(pay(source, { jobs: { edges: [edge, edge, edge] } })).toBe(4);
  expect(pay(source, { jobs: { edges: [] } })).toBe(1);
  expect(pay(source, { jobs: null })).toBe(1);
  expect(pay(source, null)).toBe(0);
});

it('11.3 a field under several names pays each time, of several fragments once, left out nothing', () => {
  const source = `query ($no: Boolean = false) { jobs { nodes { a: description b: description ...A ...B
    client @include(if: $no) { country } } } } fragment A on Job { c: description } fragment B on Job { c: description }`;
  expect(pay(source, { jobs: { nodes: [{ a: '', b: '', c: '' }] } })).toBe(1 + 3 * 5);
});

it('11.3 an interface pays for the type it is, or for the dearest it can be', () => {
  const source = '{ node(id: "x") { __typename ... on Job { client { country } description } ... on Scan { id } } }';
  expect(pay(source, { node: { __typename: 'Scan', id: 'x' } })).toBe(1);
  expect(pay(source, { node: { __typename: 'Job', client: { country: null }, description: null } })).toBe(7);
  const untold = '{ node(id: "x") { ... on Job { client { country } } ... on Scan { id } } }';
  expect(pay(untold, { node: { id: 'x' } })).toBe(2);
});

it('11.3 look-ups by a list of ids pay for each id', () => {
  const source = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
  expect(pay(source, { nodes: [null, null, null] }, { ids: ['a', 'b', 'c'] })).toBe(3);
});
