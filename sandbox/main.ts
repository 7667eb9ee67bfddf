import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from './start.ts';

const usage = `Usage: npm run sandbox -- [options]

A pretended Upwork on this machine: sign-in, token endpoint and GraphQL API, with a world that keeps posting jobs.

  --port <number>             port of the marketplace (default 0, any free one)
  --control-port <number>     port to steer it by (default 0)
  --seed <text>               the same seed gives the same world (default 1)
  --auto-approve              skip the consent page
  --jobs-per-minute <number>  new postings a minute (default 30)
  --json                      print one line of JSON instead of the environment
  -h, --help                  this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'control-port': { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      'auto-approve': { type: 'boolean', default: false },
      'jobs-per-minute': { type: 'string', default: '30' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const sandbox = await startSandbox({
    port: readNumber('--port', values.port, 65_535),
    controlPort: readNumber('--control-port', values['control-port'], 65_535),
    seed: values.seed,
    autoApprove: values['auto-approve'],
    postingsPerMinute: readNumber('--jobs-per-minute', values['jobs-per-minute'], 10_000),
  });
  const folder = values.json ? undefined : mkdtempSync(join(tmpdir(), 'upwork-sandbox-'));
  const stop = async () => {
    await sandbox.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  if (folder) printEnvironment(sandbox, folder);
  else {
    const { url, authorizeUrl, tokenUrl, graphqlUrl, controlUrl, clientId, clientSecret } = sandbox;
    console.log(JSON.stringify({ url, authorizeUrl, tokenUrl, graphqlUrl, controlUrl, clientId, clientSecret }));
  }
}

/** Lines for a shell; what is not one of them is a comment. The secret also lies in a file only its owner can read. */
function printEnvironment(sandbox: Sandbox, folder: string): void {
  const file = join(folder, 'client-secret');
  writeFileSync(file, sandbox.clientSecret, { mode: 0o600 });
  console.log(`# A pretended Upwork on ${sandbox.url}. Ctrl-C ends it. Point any client at it with:
export UPWORK_CLIENT_ID=${sandbox.clientId}
export UPWORK_CLIENT_SECRET_FILE=${file}
# To paste where a client asks for it: UPWORK_CLIENT_SECRET ${sandbox.clientSecret}
export UPWORK_AUTHORIZE_URL=${sandbox.authorizeUrl}
export UPWORK_TOKEN_URL=${sandbox.tokenUrl}
export UPWORK_GRAPHQL_URL=${sandbox.graphqlUrl}
# Steer it (clock, faults, postings, journal; see sandbox/README.md): curl ${sandbox.controlUrl}/`);
}

function readNumber(option: string, text: string, highest: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > highest) throw new Error(`${option} is a number from 0 to ${highest}.`);
  return number;
}

main().catch((error: unknown) => {
  const code = (error as { code?: unknown }).code;
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    code === 'EADDRINUSE'
      ? `${message}. Another program uses this port; --port 0 takes any free one.`
      : `${message}\n\n${usage}`,
  );
  process.exitCode = code === 'EADDRINUSE' ? 1 : 2;
});
