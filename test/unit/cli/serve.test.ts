import { describe, expect, it } from 'vitest';
import { registerServeWith } from '../../../src/cli/commands/home/serve.ts';
import type { RegisterCommand } from '../../../src/cli/run.ts';
import { createTestShell } from './test-shell.ts';

interface Double {
  loadConfiguration?: () => object;
  startServer?: () => Promise<{ url: string; close(): Promise<void> }>;
}

const serveWith = (double: Double): RegisterCommand[] => [
  (program, shell) =>
    registerServeWith(program, shell, async () => ({
      loadConfiguration: () => ({}),
      startServer: async () => ({ url: 'http://127.0.0.1:4000', close: async () => {} }),
      ...double,
    })),
];

describe('Prospector serve', () => {
  it('runs until stopped, closes and ends with 0', async () => {
    using shell = createTestShell();
    const serving = shell.prospector(['serve', '--json'], serveWith({}));
    await expect.poll(shell.listeners).toBe(1);
    shell.stop();
    expect(await serving).toEqual({ exitCode: 0, out: '{"url":"http://127.0.0.1:4000"}\n', err: '' });
    expect(shell.listeners()).toBe(0);
  });

  it('ends at once at the second signal', async () => {
    using shell = createTestShell();
    const close = () => new Promise<void>(() => {});
    const serving = shell.prospector(['serve'], serveWith({ startServer: async () => ({ url: '', close }) }));
    await expect.poll(shell.listeners).toBe(1);
    shell.stop();
    shell.stop();
    expect((await serving).exitCode).toBe(1);
  });

  it('waits ten seconds for the closing, no longer', async () => {
    const waited: number[] = [];
    using shell = createTestShell({ sleep: async (delayMs) => void waited.push(delayMs) });
    const close = () => new Promise<void>(() => {});
    const serving = shell.prospector(['serve'], serveWith({ startServer: async () => ({ url: '', close }) }));
    await expect.poll(shell.listeners).toBe(1);
    shell.stop();
    expect((await serving).exitCode).toBe(1);
    expect(waited).toEqual([10_000]);
  });

  it('names every problem of the configuration and ends with 2', async () => {
    using shell = createTestShell();
    const loadConfiguration = () => {
      throw Object.assign(new Error('PROSPECTOR_PORT: a port.\nVAULT_ADDR: an address.'), {
        name: 'ConfigurationError',
      });
    };
    expect(await shell.prospector(['serve'], serveWith({ loadConfiguration }))).toEqual({
      exitCode: 2,
      out: '',
      err: 'PROSPECTOR_PORT: a port.\nVAULT_ADDR: an address.\n',
    });
  });

  it('says clearly that the port is taken', async () => {
    using shell = createTestShell();
    const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 4000 });
    expect(await shell.prospector(['serve'], serveWith({ startServer: () => Promise.reject(taken) }))).toEqual({
      exitCode: 1,
      out: '',
      err: 'Port 4000 is taken. Stop what uses it, or choose another with PROSPECTOR_PORT (0 is any free one).\n',
    });
  });
});
