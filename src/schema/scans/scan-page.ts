import type { Scan } from '../../services/scanner/model.ts';
import { builder } from '../builder.ts';
import { ScanRef } from './scan.ts';

interface ScanPage {
  readonly count: () => number;
  readonly edges: { readonly node: Scan; readonly cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export const ScanConnectionRef = builder.connectionObject<typeof ScanRef, ScanPage>(
  {
    type: ScanRef,
    name: 'ScanConnection',
    description: 'A page of scans.',
    fields: (t) => ({
      totalCount: t.int({ description: 'How many there are in all.', resolve: (page) => page.count() }),
    }),
  },
  { name: 'ScanEdge', description: 'A scan with its place in the list.' },
);
