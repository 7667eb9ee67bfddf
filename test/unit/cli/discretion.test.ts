import { expect, it } from 'vitest';
import { createTestShell } from './test-shell.ts';

/** As long and as plain as a client secret of Upwork's. */
const canary = 'a1b2c3d4e5f60718';

/** Every command with the options that take a value, read from its help. */
async function commandsBelow(words: readonly string[]): Promise<{ words: readonly string[]; options: string[] }[]> {
  using shell = createTestShell();
  const { out } = await shell.prospector([...words, '--help']);
  const options = [...out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+) [<[]/gm)].map(([, name]) => name ?? '');
  const section = /^Commands:\n((?: {2}.*\n)+)/m.exec(out)?.[1] ?? '';
  const names = [...section.matchAll(/^ {2}(\w[\w-]*)/gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'help');
  const below = await Promise.all(names.map((name) => commandsBelow([...words, name])));
  return [{ words, options }, ...below.flat()];
}

it('19.P no complaint about wrong words repeats what may be a secret, whatever command it was typed behind', async () => {
  const commands = await commandsBelow([]);
  expect(commands.length).toBeGreaterThan(30);
  const wrong = commands.flatMap(({ words, options }) => [
    [...words, `--api-key=${canary}`],
    [...words, `--api-key=${canary}`, `--other='${canary}'`],
    [...words, `-k${canary}`],
    [...words, canary, canary, canary, canary, canary],
    // Started for good where its values fit.
    ...(words[0] === 'serve' ? [] : options.map((option) => [...words, option, canary])),
  ]);
  for (const words of wrong) {
    using shell = createTestShell();
    const { out, err, exitCode: code } = await shell.prospector(words);
    expect([words, code, out.includes(canary), err.includes(canary), err]).toEqual([words, code, false, false, err]);
    expect([words, code === 0]).toEqual([words, false]);
  }
});

it('19.P a plain word and a short one are repeated, so that people find their slip', async () => {
  using shell = createTestShell();
  expect((await shell.prospector(['stauts'])).err).toContain("unknown command 'stauts'");
  expect((await shell.prospector(['jobs', '--triage', 'nwe'])).err).toContain("argument 'nwe' is invalid");
  expect((await shell.prospector(['jobs', '--triage', canary])).err).toContain("argument '…' is invalid");
  expect((await shell.prospector([`--api-key=${canary}`])).err).toContain("unknown option '--api-key'\n");
});
