import { AuditEntryRef } from '../../schema/audit/audit-entry.ts';
import { builder } from '../../schema/builder.ts';
import { findNode } from '../find-node.ts';

builder.objectField(AuditEntryRef, 'subject', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'What it was done to, as it is now; null where that has no id or is gone.',
    resolve: ({ subjectId }, _args, context) => (subjectId === undefined ? null : findNode(context, subjectId)),
  }),
);
