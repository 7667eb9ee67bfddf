import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConnectionFlow } from '../../../src/client/operations/answers.ts';
import { type Arrived, startScriptedServer } from '../client/scripted-server.ts';
import { flow, platformStatus } from './answers.ts';
import { createTestShell } from './test-shell.ts';

const authorizationUrl = 'https://www.upwork.com/ab/account-security/oauth2/authorize?state=s';
const sent = ({ body }: Arrived) => body.variables?.['input'] as Record<string, unknown>;

/** A server whose flow ends as told, that holds credentials or not. */
const serverWith = (ending: ConnectionFlow, stored = true, status = 'DISCONNECTED') =>
  startScriptedServer({
    answer(arrived) {
      if (arrived.name === 'LatestCursor') return { data: { system: { latestEventCursor: 'c0' } } };
      if (arrived.name === 'PlatformStatus') {
        return { data: { platformStatus: platformStatus(server.connected ? {} : { status }) } };
      }
      if (arrived.name === 'CompleteUpworkConnection') {
        server.connected = true;
        return { data: { completeUpworkConnection: { platformStatus: null, flow: ending, warnings: [], errors: [] } } };
      }
      if (arrived.name === 'ConnectionFlow') return { data: { connectionFlow: ending } };
      const errors =
        stored || sent(arrived)['credentials'] ? [] : [{ code: 'PLATFORM_NOT_CONFIGURED', message: 'No key.' }];
      const opened = errors.length > 0 ? null : flow();
      return {
        data: {
          connectUpwork: {
            authorizationUrl: opened && authorizationUrl,
            flowId: opened?.id,
            expiresAt: opened?.expiresAt,
            flow: opened,
            warnings: [],
            errors,
          },
        },
      };
    },
    subscribe(_arrived, feed) {
      feed.next({ connectionFlowUpdated: { id: 'event_1', cursor: 'c1', flow: flow({ status: 'EXCHANGING' }) } });
      server.connected = ending.status === 'COMPLETED';
      feed.next({ connectionFlowUpdated: { id: 'event_2', cursor: 'c2', flow: ending } });
    },
  });
const server = { connected: false };

describe('Prospector connect upwork', () => {
  const completed = flow({ status: 'COMPLETED' });
  const credentialsSent = (arrived: Arrived[]) =>
    arrived.filter(({ name }) => name === 'ConnectUpwork').map((each) => sent(each)['credentials']);

  it('uses the stored key, follows the flow from before it was opened, and ends with the status', async () => {
    server.connected = false;
    await using running = await serverWith(completed);
    using shell = createTestShell({ url: running.url });
    const { exitCode, out } = await shell.prospector(['connect', 'upwork']);
    expect(exitCode).toBe(0);
    expect(out).toContain(`  ${authorizationUrl}\n`);
    expect(out).toContain('Platform: Upwork\nStatus: Connected\nAccount: your-upwork-username\n');
    expect(credentialsSent(running.arrived)).toEqual([undefined]);
    expect(running.arrived.find(({ name }) => name === 'ConnectionFlowUpdated')?.body.variables).toEqual({
      flowId: 'flow_1',
      after: 'c0',
    });
    expect(shell.opened).toEqual([]);
  });

  it('asks a person for the key, hidden, where none is stored, and opens the browser', async () => {
    server.connected = false;
    await using running = await serverWith(completed, false);
    using shell = createTestShell({ url: running.url, isTTY: true, input: ['my-id', 'my-secret'] });
    const { exitCode, out, err } = await shell.prospector(['connect', 'upwork']);
    expect(exitCode).toBe(0);
    expect(credentialsSent(running.arrived)).toEqual([undefined, { clientId: 'my-id', clientSecret: 'my-secret' }]);
    expect(shell.questions).toEqual(['Client ID of your Upwork API key', 'Client Secret']);
    expect(shell.opened).toEqual([authorizationUrl]);
    expect(out + err).not.toContain('my-secret');
  });

  it('takes the key from a file, from the environment or from standard input', async () => {
    server.connected = false;
    await using running = await serverWith(completed, false);
    using piped = createTestShell({ url: running.url, input: ['id-1', 'secret-1'] });
    expect((await piped.prospector(['connect', 'upwork'])).exitCode).toBe(0);
    const file = join(piped.home, 'secret');
    writeFileSync(file, 'secret-2\n', { mode: 0o600 });
    using set = createTestShell({
      url: running.url,
      env: { UPWORK_CLIENT_ID: 'id-2', UPWORK_CLIENT_SECRET_FILE: file },
    });
    expect((await set.prospector(['connect', 'upwork'])).exitCode).toBe(0);
    writeFileSync(file, '{"client_id": "id-3", "client_secret": "secret-3"}');
    expect((await piped.prospector(['connect', 'upwork', '--credentials-file', file])).exitCode).toBe(0);
    expect(credentialsSent(running.arrived).filter(Boolean)).toEqual([
      { clientId: 'id-1', clientSecret: 'secret-1' },
      { clientId: 'id-2', clientSecret: 'secret-2' },
      { clientId: 'id-3', clientSecret: 'secret-3' },
    ]);
    using nothing = createTestShell({ url: running.url });
    expect((await nothing.prospector(['connect', 'upwork'])).exitCode).toBe(2);
  });

  it('asks for another key where Upwork refuses the stored one', async () => {
    server.connected = false;
    await using running = await serverWith(completed, true, 'CREDENTIALS_INVALID');
    using shell = createTestShell({ url: running.url, input: ['new-id', 'new-secret'] });
    expect((await shell.prospector(['connect', 'upwork'])).exitCode).toBe(0);
    expect(credentialsSent(running.arrived)).toEqual([{ clientId: 'new-id', clientSecret: 'new-secret' }]);
  });

  it('takes the pasted address where there is no browser', async () => {
    server.connected = false;
    await using running = await serverWith(completed);
    const pasted = 'http://localhost:4000/oauth/upwork/callback?code=c&state=s';
    using shell = createTestShell({ url: running.url, input: [pasted] });
    expect((await shell.prospector(['connect', 'upwork', '--paste'])).exitCode).toBe(0);
    expect(running.arrived.find(({ name }) => name === 'CompleteUpworkConnection')?.body.variables).toEqual({
      input: { callbackUrl: pasted },
    });
  });

  it('prints one line of JSON with the address and one with the ending', async () => {
    server.connected = false;
    await using running = await serverWith(completed);
    using shell = createTestShell({ url: running.url });
    const { out, err } = await shell.prospector(['connect', 'upwork', '--json']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { authorizationUrl, flowId: 'flow_1', expiresAt: '2026-05-24T12:10:00.000Z' },
      { flow: completed, platformStatus: platformStatus() },
    ]);
    expect(err).toBe('');
  });

  it('ends with 1 and the reason when the flow does not succeed', async () => {
    server.connected = false;
    const error = { code: 'WRONG_ACCOUNT', message: 'Another account answered.' };
    await using running = await serverWith(flow({ status: 'FAILED', error }));
    using shell = createTestShell({ url: running.url });
    const { exitCode, err } = await shell.prospector(['connect', 'upwork']);
    expect(exitCode).toBe(1);
    expect(err).toContain('Another account answered. To accept the other account add --allow-account-change.\n');
  });
});
