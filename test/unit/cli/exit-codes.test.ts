import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startScriptedServer } from '../client/scripted-server.ts';
import { createTestShell } from './test-shell.ts';

describe('Prospector ends', () => {
  it('with 3 where no server is reachable, and says how to start one', async () => {
    using shell = createTestShell();
    const homeless = await shell.prospector(['status']);
    expect(homeless).toEqual({
      exitCode: 3,
      out: '',
      err: `No Prospector server is running: ${join(shell.home, 'server.json')} names none. Start one with: ghoststack prospector serve\n`,
    });
    writeFileSync(join(shell.home, 'server.json'), '{"url":');
    expect((await shell.prospector(['jobs'])).exitCode).toBe(3);
    expect(await shell.prospector(['watch', '--url', 'http://127.0.0.1:1', '--json'])).toEqual({
      exitCode: 3,
      out: '{"errors":[{"code":"NO_SERVER","message":"No Prospector server answers at http://127.0.0.1:1. Start one with: ghoststack prospector serve"}]}\n',
      err: '',
    });
  });

  it.each([
    [[]],
    [['nonsense']],
    [['status', '--nonsense']],
    [['status', '--platform', 'elsewhere']],
    [['connect']],
    [['jobs', '--limit', '101']],
    [['jobs', '--type', 'barter']],
    [['tokens', 'create', 'reader']],
    [['preferences', 'set']],
    [['disconnect', 'upwork', '--purge']],
    [['status', '--url', 'ftp://127.0.0.1']],
  ])('with 2 for %j', async (words) => {
    using shell = createTestShell({ url: 'http://127.0.0.1:1' });
    const { exitCode, out, err } = await shell.prospector(words);
    expect({ exitCode, out, silent: err === '' }).toEqual({ exitCode: 2, out: '', silent: false });
  });

  it('with 0 for every help, each with an example', async () => {
    using shell = createTestShell();
    const commands =
      'serve connect status disconnect open scan pause resume jobs job why preview watch events export import'.split(
        ' ',
      );
    const groups = [
      'preferences show',
      'preferences set',
      'preferences edit',
      'tokens list',
      'tokens create',
      'tokens revoke',
      ...['list', 'show', 'create', 'update', 'snooze', 'delete'].map((name) => `searches ${name}`),
      'secrets rotate-key',
      'secrets migrate',
    ];
    for (const command of [...commands, ...groups]) {
      const { exitCode, out } = await shell.prospector([...command.split(' '), '--help']);
      expect({ command, exitCode }).toEqual({ command, exitCode: 0 });
      expect(out).toContain('ghoststack prospector');
      expect(out).toContain('Example:\n  $ ');
      expect(out).toContain('--json');
    }
  });

  it('with 1 where the server says no, in a payload or as a whole', async () => {
    const refusals = [
      {
        data: {
          pauseScanning: {
            platformStatus: null,
            errors: [{ code: 'VALIDATION', message: 'Too long.', path: ['input', 'reason'] }],
          },
        },
      },
      { errors: [{ message: 'Not yours.', extensions: { code: 'FORBIDDEN' } }] },
    ];
    await using server = await startScriptedServer({
      answer: ({ body }) =>
        refusals[Number(body.variables?.['input'] && (body.variables['input'] as { reason?: string }).reason)] ?? {},
    });
    using shell = createTestShell({ env: { PROSPECTOR_URL: server.url, PROSPECTOR_TOKEN: 'prs_other' } });
    expect(await shell.prospector(['pause', '--reason', '0'])).toEqual({
      exitCode: 1,
      out: '',
      err: 'reason: Too long.\n',
    });
    expect(await shell.prospector(['pause', '--reason', '1', '--json'])).toEqual({
      exitCode: 1,
      out: '{"errors":[{"code":"FORBIDDEN","message":"Not yours."}]}\n',
      err: '',
    });
    expect(server.arrived[0]?.token).toBe('Bearer prs_other');
  });

  it.each(['--client-secret=geheim', '--clientSecret', '--token=geheim', '--secret-id=geheim', '--passphrase=geheim'])(
    'with 2 and advice for %s, never repeating the secret',
    async (option) => {
      using shell = createTestShell();
      const { exitCode, out, err } = await shell.prospector(['connect', 'upwork', option]);
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
      expect(err).toContain('--credentials-file');
      expect(err).not.toContain('geheim');
    },
  );
});
