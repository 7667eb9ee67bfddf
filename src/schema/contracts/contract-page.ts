import type { Contract } from '../../services/contracts/model.ts';
import { builder } from '../builder.ts';
import { JobTypeRef } from '../criteria/criteria-enums.ts';
import { DateTimeRangeInputRef } from '../criteria/ranges.ts';
import { OrderDirectionRef } from '../order-direction.ts';
import { ContractRef } from './contract.ts';
import { ContractOrderFieldRef, ContractStatusRef } from './contract-enums.ts';

interface ContractPage {
  readonly count: () => number;
  readonly edges: { readonly node: Contract; readonly cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export const ContractConnectionRef = builder.connectionObject<typeof ContractRef, ContractPage>(
  {
    type: ContractRef,
    name: 'ContractConnection',
    description: 'A page of contracts.',
    fields: (t) => ({
      totalCount: t.int({ description: 'How many there are in all.', resolve: (page) => page.count() }),
    }),
  },
  { name: 'ContractEdge', description: 'A contract with its place in the list.' },
);

export const ContractFilterRef = builder.inputType('ContractFilter', {
  description: 'All set fields must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [ContractStatusRef], description: 'In one of these states.' }),
    types: t.field({ type: [JobTypeRef], description: 'Paid in one of these ways.' }),
    startedAt: t.field({ type: DateTimeRangeInputRef, description: 'Begun in this stretch of time.' }),
  }),
});

export const ContractOrderRef = builder.inputType('ContractOrder', {
  description: 'How contracts are ordered.',
  fields: (t) => ({
    field: t.field({ type: ContractOrderFieldRef, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirectionRef, required: true, description: 'Which end first.' }),
  }),
});
