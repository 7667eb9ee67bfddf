import { builder } from '../../../schema/builder.ts';
import { PlatformRef } from '../../../schema/connection/platform.ts';
import { toConnection } from '../../../schema/page.ts';
import { ScanFilterRef, ScanOrderRef } from '../../../schema/scans/scan-inputs.ts';
import { ScanConnectionRef } from '../../../schema/scans/scan-page.ts';
import type { ScanOrder } from '../../../services/scanner/model.ts';
import { toInstants } from '../../inputs/job-filter.ts';
import { withoutNull } from '../../inputs/without.ts';

const newestFirst: ScanOrder = { field: 'QUEUED_AT', direction: 'DESC' };

builder.queryField('scans', (t) =>
  t.field({
    type: ScanConnectionRef,
    authScopes: { scope: 'READ' },
    description: 'Scans, newest first unless ordered otherwise. Needs scope READ.',
    args: {
      platform: t.arg({ type: PlatformRef, description: 'Of this platform; of all when left out.' }),
      filter: t.arg({ type: ScanFilterRef, description: 'Which scans.' }),
      orderBy: t.arg({ type: ScanOrderRef, defaultValue: newestFirst, description: 'In which order.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: (_root, { platform: _platform, filter: asked, orderBy, ...page }, { services: { scanner }, now }) => {
      const { queuedAt, ...rest } = asked ?? {};
      const filter = withoutNull({ ...rest, queuedAt: queuedAt && toInstants(queuedAt, now()) });
      const scans = scanner.list({ ...withoutNull(page), filter, orderBy: orderBy ?? newestFirst });
      return toConnection(scans, { count: () => scanner.count(filter) });
    },
  }),
);
