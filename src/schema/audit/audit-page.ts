import type { AuditEntry } from '../../services/audit/model.ts';
import { builder } from '../builder.ts';
import { AuditEntryRef } from './audit-entry.ts';

interface AuditPage {
  readonly count: () => number;
  readonly edges: { readonly node: AuditEntry; readonly cursor: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
}

export const AuditEntryConnectionRef = builder.connectionObject<typeof AuditEntryRef, AuditPage>(
  {
    type: AuditEntryRef,
    name: 'AuditEntryConnection',
    description: 'A page of the audit trail.',
    fields: (t) => ({
      totalCount: t.int({ description: 'How many there are in all.', resolve: (page) => page.count() }),
    }),
  },
  { name: 'AuditEntryEdge', description: 'An entry with its place in the trail.' },
);
