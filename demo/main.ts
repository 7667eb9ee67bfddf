import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findDemo, rememberDemo } from './running.ts';
import { scenes } from './scenes.ts';
import { connect, follow, loginLink } from './talk.ts';

const usage = `Usage: npm run demo -- [options]
       npm run demo -- show <scene> --home <folder of a running demo>

Starts a pretended Upwork (the sandbox) and Prospector with a fresh home, both on this machine, and prints what to click.
Needs no account, no key and no network. Ctrl-C ends everything.

  --auto-approve   connect at once, without a click on the consent page
  --port <number>  port of Prospector (default 4000, 0 = any free one)
  --home <folder>  keep the data there instead of in a temporary folder
  --seed <number>  another world of postings (default 1)
  -h, --help       this text

Scenes: ${Object.entries(scenes)
  .map(([name, { shows }]) => `${name} (${shows})`)
  .join(', ')}`;

const dist = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(dist, 'cli', 'main.js');
const children: ChildProcess[] = [];
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Starts one of our programs; whatever it has to say of an error is passed on. */
function start(program: string, args: string[], environment: Record<string, string>): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PROSPECTOR|UPWORK|VAULT)_/.test(name));
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** The first line of a child's output that is a JSON object fit for use. Rejects with what the child said when it ends before. */
function firstLine<Line>(
  child: ChildProcess,
  pick: (line: Record<string, unknown>) => Line | undefined,
): Promise<Line> {
  return new Promise((done, fail) => {
    const said: string[] = [];
    const listen = (text: string) => {
      said.push(text);
      try {
        const picked = pick(JSON.parse(text) as Record<string, unknown>);
        if (picked !== undefined) done(picked);
      } catch {
        // Not a JSON line: kept in `said`, and shown if the child ends.
      }
    };
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', listen);
    child.once('exit', (code) => fail(new Error(said.slice(-5).join('\n') || `ended with code ${code}`)));
  });
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'auto-approve': { type: 'boolean', default: false },
      port: { type: 'string', default: '4000' },
      home: { type: 'string' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return say(usage);
  if (positionals.length > 0) return show(positionals, values.home);
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    throw new Error(`--port ${values.port} is no port: a number from 0 to 65535.`);
  const temporary = values.home === undefined;
  const home = temporary ? mkdtempSync(join(tmpdir(), 'prospector-demo-')) : resolve(values.home ?? '');
  stopTogether(temporary ? home : undefined);

  const sandbox = start(
    join(dist, 'sandbox', 'main.js'),
    ['--json', '--port', '0', '--seed', values.seed, ...(values['auto-approve'] ? ['--auto-approve'] : [])],
    {},
  );
  const world = await firstLine(sandbox, (line) =>
    typeof line['tokenUrl'] === 'string' ? (line as Record<string, string>) : undefined,
  );
  prepare(home, world['clientSecret'] ?? '');
  const server = start(cli, ['prospector', 'serve'], {
    PROSPECTOR_HOME: home,
    PROSPECTOR_PORT: values.port,
    PROSPECTOR_LOG_FORMAT: 'json',
    UPWORK_CLIENT_ID: world['clientId'] ?? '',
    UPWORK_CLIENT_SECRET_FILE: join(home, 'upwork-client-secret'),
    UPWORK_AUTHORIZE_URL: world['authorizeUrl'] ?? '',
    UPWORK_TOKEN_URL: world['tokenUrl'] ?? '',
    UPWORK_GRAPHQL_URL: world['graphqlUrl'] ?? '',
  });
  const url = await firstLine(server, (line) =>
    line['msg'] === 'Prospector is ready' ? String(line['url']) : undefined,
  );
  const token = readFileSync(join(home, 'owner-token'), 'utf8').trim();
  const dashboard = await loginLink(url, token);
  const command = `PROSPECTOR_HOME=${home} node ${cli} prospector`;
  rememberDemo(home, { url, control: world['controlUrl'] ?? '', command });
  const showing = `node ${join(dist, 'demo', 'main.js')} show`;
  say(`
Prospector runs at ${url}, a pretended Upwork at ${new URL(world['tokenUrl'] ?? '').origin}. Nothing leaves this machine.

  Dashboard, logged in    ${dashboard}
  GraphiQL, after that    ${url}/graphql
  Paste there             subscription { jobPosted { job { title category client { country } url } } }
  Connect                 ${command} connect upwork
  Status                  ${command} status

Once connected, each of these shows one thing that happens to people:
${Object.entries(scenes)
  .map(([name, { shows }]) => `  ${showing} ${name} --home ${home}\n      ${shows}`)
  .join('\n')}

Ctrl-C ends everything${temporary ? ' and deletes the data' : `; the data stays in ${home}`}.
`);
  if (values['auto-approve']) {
    await connect(url, token);
    say('Connected (--auto-approve). The first scan sets the baseline silently; new postings follow:\n');
  } else {
    say('Once connected, new postings appear here too:\n');
  }
  for await (const line of follow(url, token)) say(line);
}

/** Plays one scene in a demo that runs elsewhere. */
async function show([verb, name = '', ...rest]: readonly string[], home: string | undefined): Promise<void> {
  const scene = verb === 'show' && rest.length === 0 && Object.hasOwn(scenes, name) ? scenes[name] : undefined;
  if (!scene) throw new Error(`There is nothing like that to show. Scenes: ${Object.keys(scenes).join(', ')}.`);
  if (home === undefined) throw new Error('Say which demo: --home <folder>, as the demo itself prints it.');
  const demo = findDemo(resolve(home));
  failed = (error) => {
    process.stderr.write(`This could not be shown: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  };
  await scene.play(demo, say);
}

/** A fresh home: preferences that scan every few seconds (allowed against a sandbox on loopback only) and the sandbox's key. */
function prepare(home: string, clientSecret: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'upwork-client-secret'), clientSecret, { mode: 0o600 });
  writeFileSync(
    join(home, 'prospector.yaml'),
    `# What to look for, and how often. Changes are picked up while Prospector runs.
platforms:
  upwork:
    categories:
      - 'Web Development'
      - 'Mobile Development'
    job_type: ['fixed', 'hourly']
    experience_level: ['intermediate', 'expert']
    scan_interval: '5s'           # seconds only against the sandbox; with a real key 30m is a good start
    max_results_per_scan: 50
    requests_per_day: 40000
`,
    { mode: 0o600, flag: 'w' },
  );
}

/** On Ctrl-C, SIGTERM or the end of a child: ends the others, waits for them, deletes the temporary home. */
function stopTogether(temporaryHome: string | undefined): void {
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await Promise.all(
      children.map((child) => {
        if (child.exitCode !== null || child.signalCode !== null) return undefined;
        const ended = new Promise((done) => child.once('exit', done));
        child.kill('SIGTERM');
        return ended;
      }),
    );
    if (temporaryHome) rmSync(temporaryHome, { recursive: true, force: true });
    process.exit(code);
  };
  process.on('SIGINT', () => void stop(0));
  process.on('SIGTERM', () => void stop(0));
  process.on('exit', () => {
    for (const child of children) child.kill('SIGKILL');
  });
  failed = (error) => {
    process.stderr.write(`The demo could not go on:\n${error instanceof Error ? error.message : String(error)}\n`);
    void stop(1);
  };
}

let failed = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 2;
};

main().catch((error: unknown) => failed(error));
