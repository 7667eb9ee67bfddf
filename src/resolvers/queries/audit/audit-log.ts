import { AuditFilterRef } from '../../../schema/audit/audit-entry.ts';
import { AuditEntryConnectionRef } from '../../../schema/audit/audit-page.ts';
import { builder } from '../../../schema/builder.ts';
import { toConnection } from '../../../schema/page.ts';
import { toInstants } from '../../inputs/job-filter.ts';
import { withoutNull } from '../../inputs/without.ts';

builder.queryField('auditLog', (t) =>
  t.field({
    type: AuditEntryConnectionRef,
    nullable: true,
    authScopes: { scope: 'ADMIN' },
    description:
      'What was done and by whom, newest first: mutations, log-ins, changes of the connection, submissions, exports. Needs scope ADMIN.',
    args: {
      filter: t.arg({ type: AuditFilterRef, description: 'Which entries.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: (_root, { filter: asked, ...page }, { services: { audit }, now }) => {
      const { occurredAt, ...rest } = asked ?? {};
      const filter = withoutNull({ ...rest, occurredAt: occurredAt && toInstants(occurredAt, now()) });
      return toConnection(audit.list(filter, withoutNull(page)), { count: () => audit.count(filter) });
    },
  }),
);
