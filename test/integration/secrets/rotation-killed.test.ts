import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { createSecretsHome } from '../../support/secrets-home.ts';

/** A process that rotates the key of this home for each line it is sent. */
function startRotating({ path, keyFile }: { readonly path: string; readonly keyFile: string }) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/rotate-on-demand.ts', path, keyFile], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    said: async () => (await lines.next()).value,
    rotate: () => void child.stdin.write('\n'),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

it('Prospector loses no secret when it is killed while it rotates the key and another process reads and writes', async () => {
  using home = createSecretsHome();
  const store = await home.open();
  await store.write('kept', { n: 1 }, 0);
  let version = await store.write('changing', { n: 0 }, 0);
  for (let round = 0; round < 5; round += 1) {
    const rotating = startRotating(home);
    expect(await rotating.said()).toBe('ready');
    rotating.rotate();
    expect(await rotating.said()).toBe('rotated');
    version = await store.write('changing', { n: version }, version);
    rotating.rotate();
    // A little later in each round: somewhere between the request and the end of the rotation.
    for (let turn = 0; turn < 2 ** round * 80; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await rotating.kill();
    const again = await home.open();
    expect(await again.read('kept')).toEqual({ data: { n: 1 }, version: 1 });
    expect(await again.read('changing')).toEqual({ data: { n: version - 1 }, version });
    expect(await store.read('changing')).toEqual({ data: { n: version - 1 }, version });
  }
});
