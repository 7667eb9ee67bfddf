import { builder } from '../../../schema/builder.ts';
import { ScanRef } from '../../../schema/scans/scan.ts';

builder.queryField('scan', (t) =>
  t.field({
    type: ScanRef,
    nullable: true,
    authScopes: { scope: 'READ' },
    description: 'A scan; null when there is none with this id. Needs scope READ.',
    args: { id: t.arg.id({ required: true, description: 'Id of the scan.' }) },
    resolve: (_root, { id }, { services }) => services.scanner.scan(id),
  }),
);
