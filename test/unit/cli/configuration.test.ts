import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startScriptedServer } from '../client/scripted-server.ts';
import { createTestShell } from './test-shell.ts';

const exported = "# Head\nplatforms:\n  upwork:\n    scan_interval: '30m'\nsearches:\n  - name: 'React'\n";
const changes = [
  { path: 'platforms.upwork.scan_interval', before: '30m', after: '45m' },
  { path: 'platforms.upwork.skills', before: null, after: ['React'] },
  { path: 'searches.React.query', before: 'react', after: null },
];
const shown = `~ platforms.upwork.scan_interval: 30m → 45m
+ platforms.upwork.skills: ["React"]
- searches.React.query: react
`;
const wrong = {
  code: 'VALIDATION',
  message: 'Line 4: scan_interval: expected at least 1m, got "1".',
  path: ['input', 'yaml'],
};

/** A server that exports, refuses the text `broken`, sees no change in `same`, and otherwise plans and makes the changes. */
async function startServer() {
  return startScriptedServer({
    answer: ({ name, body }) => {
      if (name === 'ExportConfiguration') return { data: { exportConfiguration: exported } };
      const { yaml, dryRun } = (body.variables as { input: { yaml: string; dryRun: boolean } }).input;
      const isBroken = yaml === 'broken';
      const plan = {
        changes: isBroken || yaml === 'same' ? [] : changes,
        applied: !dryRun && !isBroken,
        warnings: [],
        errors: isBroken ? [wrong] : [],
      };
      return { data: { importConfiguration: plan } };
    },
  });
}

type Server = Awaited<ReturnType<typeof startServer>>;
const imports = ({ arrived }: Server) =>
  arrived.filter(({ name }) => name === 'ImportConfiguration').map(({ body }) => body.variables?.['input']);

describe('Prospector export', () => {
  it('prints the configuration, or writes it into a file', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url });
    expect(await shell.prospector(['export'])).toEqual({ exitCode: 0, out: exported, err: '' });
    expect(JSON.parse((await shell.prospector(['export', '--json'])).out)).toEqual({ yaml: exported });
    const file = join(shell.home, 'backup.yaml');
    expect(await shell.prospector(['export', '--output', file])).toEqual({
      exitCode: 0,
      out: `Written: ${file}\n`,
      err: '',
    });
    expect(readFileSync(file, 'utf8')).toBe(exported);
    expect(await shell.prospector(['export', '--output', join(shell.home, 'none', 'x')])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('(ENOENT)'),
    });
  });
});

describe('Prospector import', () => {
  it('shows what changes, asks, and does nothing without a yes', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url, isTTY: true, input: ['no', 'yes'] });
    const file = join(shell.home, 'backup.yaml');
    writeFileSync(file, 'any');
    expect(await shell.prospector(['import', file])).toEqual({
      exitCode: 1,
      out: '',
      err: `${shown}Nothing was changed.\n`,
    });
    expect(imports(server)).toEqual([{ yaml: 'any', dryRun: true }]);
    expect(await shell.prospector(['import', file])).toEqual({ exitCode: 0, out: shown, err: `${shown}Changed: 3\n` });
    expect(imports(server).at(-1)).toEqual({ yaml: 'any', dryRun: false });
    expect(shell.questions).toEqual(['Make these 3 changes?', 'Make these 3 changes?']);
  });

  it('takes --yes, --dry-run and standard input, and needs one of them where nobody is there', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url, input: ['any'] });
    const file = join(shell.home, 'backup.yaml');
    writeFileSync(file, 'file');
    expect(await shell.prospector(['import', file])).toMatchObject({ exitCode: 2, out: '' });
    expect(await shell.prospector(['import', file, '--dry-run'])).toEqual({ exitCode: 0, out: shown, err: '' });
    expect(JSON.parse((await shell.prospector(['import', '-', '--yes', '--json'])).out)).toMatchObject({
      changes,
      applied: true,
    });
    expect(imports(server)).toEqual([
      { yaml: 'file', dryRun: true },
      { yaml: 'file', dryRun: true },
      { yaml: 'any', dryRun: true },
      { yaml: 'any', dryRun: false },
    ]);
  });

  it('says when nothing changes, what is wrong, and that a file cannot be read', async () => {
    await using server = await startServer();
    using shell = createTestShell({ url: server.url });
    const file = join(shell.home, 'backup.yaml');
    writeFileSync(file, 'same');
    expect(await shell.prospector(['import', file])).toEqual({ exitCode: 0, out: 'Nothing changes.\n', err: '' });
    writeFileSync(file, 'broken');
    expect(await shell.prospector(['import', file, '--yes'])).toEqual({
      exitCode: 1,
      out: '',
      err: `yaml: ${wrong.message}\n`,
    });
    expect(await shell.prospector(['import', join(shell.home, 'none')])).toMatchObject({ exitCode: 2, out: '' });
    expect(imports(server).every((input) => (input as { dryRun: boolean }).dryRun)).toBe(true);
  });
});

describe('Prospector preferences edit', () => {
  it('opens the preferences without the searches, hands them back while something is wrong, and asks before the change', async () => {
    await using server = await startServer();
    const opened: [string, string][] = [];
    const edits = ['broken', 'mended'];
    using shell = createTestShell({
      url: server.url,
      isTTY: true,
      input: ['yes', 'yes'],
      edit: async (...asked) => {
        opened.push(asked);
        return edits.shift();
      },
    });
    expect(await shell.prospector(['preferences', 'edit'])).toEqual({
      exitCode: 0,
      out: shown,
      err: `${wrong.message}\n${shown}Changed: 3\n`,
    });
    expect(opened).toEqual([
      ["# Head\nplatforms:\n  upwork:\n    scan_interval: '30m'\n", 'preferences.yaml'],
      ['broken', 'preferences.yaml'],
    ]);
    expect(shell.questions).toEqual(['Edit it again?', 'Make these 3 changes?']);
    expect(imports(server).at(-1)).toEqual({ yaml: 'mended', dryRun: false });
  });

  it('changes nothing where the text comes back as it was, there is no editor, or the text is wrong and left so', async () => {
    await using server = await startServer();
    using unchanged = createTestShell({ url: server.url, edit: async (text) => text });
    expect(await unchanged.prospector(['preferences', 'edit'])).toEqual({
      exitCode: 0,
      out: 'Nothing changes.\n',
      err: '',
    });
    using without = createTestShell({ url: server.url, edit: async () => undefined });
    expect(await without.prospector(['preferences', 'edit'])).toMatchObject({ exitCode: 2, out: '' });
    using left = createTestShell({ url: server.url, isTTY: true, input: ['no'], edit: async () => 'broken' });
    expect(await left.prospector(['preferences', 'edit'])).toMatchObject({ exitCode: 1, out: '' });
    using alone = createTestShell({ url: server.url, edit: async () => 'broken' });
    expect(await alone.prospector(['preferences', 'edit'])).toMatchObject({ exitCode: 1, out: '' });
    expect(imports(server).every((input) => (input as { dryRun: boolean }).dryRun)).toBe(true);
  });
});
