import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { systemFetch } from '../../../src/network.ts';

const pem = (name: string) => readFileSync(new URL(`../../data/tls/${name}.pem`, import.meta.url), 'utf8');

it('11.E Upwork is not asked over a certificate that nobody vouches for, whatever the environment says', async () => {
  let asked = 0;
  const server = createServer({ key: pem('server-key'), cert: pem('server') }, (_request, response) => {
    asked += 1;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const request = systemFetch(`https://localhost:${port}/api/v3/oauth2/token`, { method: 'POST', body: 'secret' });
    await expect(request).rejects.toThrow();
    expect(asked).toBe(0);
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    server.close();
  }
});
