import { describe, expect, it } from 'vitest';
import { startScriptedServer } from '../client/scripted-server.ts';
import { platformStatus } from './answers.ts';
import { createTestShell } from './test-shell.ts';

describe('Prospector status', () => {
  it('prints the six lines of a healthy connection first', async () => {
    const status = platformStatus();
    await using server = await startScriptedServer({ answer: () => ({ data: { platformStatus: status } }) });
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['status', '--platform', 'upwork'])).toEqual({
      exitCode: 0,
      out: `Platform: Upwork
Status: Connected
Account: your-upwork-username
Scopes: job_search (read), proposals (read/write), contracts (read/write)
Token expires: 2026-05-24T12:00:00Z
Last sync: never
Requests today: 3 of 500
`,
      err: '',
    });
    expect(server.arrived[0]).toMatchObject({ token: 'Bearer prs_owner', body: { variables: { platform: 'UPWORK' } } });
    expect(JSON.parse((await shell.prospector(['status', '--json'])).out)).toEqual(status);
  });

  it('says what is wrong and which command helps', async () => {
    const status = platformStatus({
      status: 'AUTH_EXPIRED',
      message: 'Upwork no longer accepts the refresh token.',
      account: null,
      scopes: [],
      tokenExpiresAt: null,
      lastSyncAt: '2026-05-23T12:00:00.123Z',
      paused: { reason: 'on holiday', since: '2026-05-23T12:00:00.000Z' },
      nextAction: {
        kind: 'RECONNECT',
        message: 'Connect again.',
        command: 'ghoststack prospector connect upwork',
        url: null,
      },
    });
    await using server = await startScriptedServer({ answer: () => ({ data: { platformStatus: status } }) });
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['status'])).toEqual({
      exitCode: 0,
      out: `Platform: Upwork
Status: Auth expired
Account: none
Scopes: none
Token expires: unknown
Last sync: 2026-05-23T12:00:00Z
Problem: Upwork no longer accepts the refresh token.
Next step: ghoststack prospector connect upwork
Scanning: paused since 2026-05-23T12:00:00Z (on holiday)
Requests today: 3 of 500
`,
      err: '',
    });
  });
});
