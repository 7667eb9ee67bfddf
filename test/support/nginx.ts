import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = '/usr/sbin/nginx';

/** Whether there is an nginx to test with. CI demands one; elsewhere its tests are skipped with the package to install. */
export const hasNginx = existsSync(program) || process.env['PROSPECTOR_TEST_NOTHING_SKIPPED'] === '1';
/** What to name a suite that needs it. */
export const nginxSuite = hasNginx ? 'behind nginx' : 'behind nginx (skipped: apt-get install nginx-light)';

/** A port of loopback that was free a moment ago: a proxy and what it leads to must know of each other before either listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Debian's nginx with the configuration that `docs/proxy.md` gives to people, in a folder of its own; `change` may alter its text. It answers once
 * this resolves, and ends with `await using`.
 */
export async function startNginx(options: {
  readonly port: number;
  readonly upstream: number;
  readonly change?: (configuration: string) => string;
}) {
  const [map = '', server = ''] = documented().split('# In `server`:');
  const change = options.change ?? ((text) => text);
  const folder = mkdtempSync(join(tmpdir(), 'prospector-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr warn;
events { worker_connections 64; }
http {
access_log off; ${temporary.join(' ')}
${map}
server {
listen 127.0.0.1:${options.port};
location = /proxy-is-up { return 204; }
${change(server).replace('127.0.0.1:4000', `127.0.0.1:${options.upstream}`)}
}
}
`,
  );
  const child = spawn(program, ['-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  while (!(await answers(`http://127.0.0.1:${options.port}/proxy-is-up`)))
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function documented(): string {
  const block = /```nginx\n([\s\S]*?)```/.exec(readFileSync('docs/proxy.md', 'utf8'))?.[1];
  if (block === undefined) throw new Error('docs/proxy.md has no configuration for nginx.');
  return block;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).status === 204;
  } catch {
    return false;
  }
}
