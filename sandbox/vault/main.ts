import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startVaultDouble } from './start.ts';

const usage = `Usage: node dist/sandbox/vault.js [options]

A pretended Vault on this machine: initialised, unsealed, KV v2 at secret/. Prints one line of JSON with its addresses and its root token.

  --port <number>           port of the server (default 0, any free one)
  --control-port <number>   port to steer it by (default 0)
  --dialect <name>          vault or openbao (default vault)
  --root-token <text>       the root token (default: made up)
  --shares <number>         unseal keys (default 1)
  --threshold <number>      unseal keys needed (default 1)
  --uninitialized           as installed
  --tls-key <file>, --tls-cert <file>   PEM files; speak HTTPS
  -h, --help                this text`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      'control-port': { type: 'string', default: '0' },
      dialect: { type: 'string', default: 'vault' },
      'root-token': { type: 'string' },
      shares: { type: 'string', default: '1' },
      threshold: { type: 'string', default: '1' },
      uninitialized: { type: 'boolean', default: false },
      'tls-key': { type: 'string' },
      'tls-cert': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${usage}\n`);
  const { dialect } = values;
  if (dialect !== 'vault' && dialect !== 'openbao') throw new Error('--dialect is vault or openbao.');
  const [key, cert] = [values['tls-key'], values['tls-cert']].map((file) => file && readFileSync(file, 'utf8'));
  if ((key === undefined) !== (cert === undefined)) throw new Error('--tls-key and --tls-cert belong together.');
  const double = await startVaultDouble({
    port: readNumber('--port', values.port, 65_535),
    controlPort: readNumber('--control-port', values['control-port'], 65_535),
    dialect,
    shares: readNumber('--shares', values.shares, 255),
    threshold: readNumber('--threshold', values.threshold, 255),
    uninitialized: values.uninitialized,
    ...(values['root-token'] !== undefined && { rootToken: values['root-token'] }),
    ...(key !== undefined && cert !== undefined && { tls: { key, cert } }),
  });
  const stop = () => void double.close().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const { url, controlUrl, rootToken, unsealKeys } = double;
  process.stdout.write(`${JSON.stringify({ url, controlUrl, rootToken, unsealKeys })}\n`);
}

function readNumber(option: string, text: string, highest: number): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > highest) throw new Error(`${option} is a number from 0 to ${highest}.`);
  return number;
}

main().catch((error: unknown) => {
  const code = (error as { code?: unknown }).code;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    code === 'EADDRINUSE'
      ? `${message}. Another program uses this port; --port 0 takes any free one.\n`
      : `${message}\n\n${usage}\n`,
  );
  process.exitCode = code === 'EADDRINUSE' ? 1 : 2;
});
