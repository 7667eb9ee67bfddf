import type { Command } from 'commander';
import type { Notice } from '../../../client/operations/answers.ts';
import { connectUpwork, latestCursor, platformStatus } from '../../../client/operations/operations.ts';
import { completeByPasting, hasEnded, refuseUnhappyEnding, waitForFlow } from '../../asking/connection-flow.ts';
import { openSession, type Session } from '../../asking/session.ts';
import { type Credentials, findCredentials, readCredentialsFile } from '../../asking/upwork-credentials.ts';
import { RefusedError } from '../../exit.ts';
import { platformArgument } from '../../options/platform.ts';
import { clean, withoutMilliseconds } from '../../print.ts';
import type { Shell } from '../../shell.ts';
import { describeStatus } from '../../show/describe-status.ts';

interface Options {
  credentialsFile?: string;
  newCredentials?: boolean;
  browser: boolean;
  paste?: boolean;
  force?: boolean;
  allowAccountChange?: boolean;
}

/** What the options of the command line do about a refusal. */
const remedies: Readonly<Record<string, string>> = {
  CONFLICT: 'To replace the connection add --force.',
  WRONG_ACCOUNT: 'To accept the other account add --allow-account-change.',
  CREDENTIALS_INVALID: 'To give others add --new-credentials.',
};

/** `connect upwork`: opens a flow, sends the person to Upwork, and tells how it ended. With `--json` two lines: the address, the ending. */
export function registerConnect(program: Command, shell: Shell): void {
  program
    .command('connect')
    .description('Connects a platform: asks for the key where none is stored, opens the browser, waits for the end.')
    .addArgument(platformArgument())
    .option('--credentials-file <path>', 'JSON with clientId and clientSecret, or two lines; - is standard input')
    .option('--new-credentials', 'ask for Client ID and Secret although some are stored')
    .option('--no-browser', 'only print the address')
    .option('--paste', 'no browser here: paste the address the browser ended at')
    .option('--force', 'replace a live connection')
    .option('--allow-account-change', 'accept another Upwork account than before')
    .addHelpText(
      'after',
      '\nThe Client Secret is never an option. With --json one line with the address to open, then one with the ending.\n\nExample:\n  $ ghoststack prospector connect upwork',
    )
    .action(async (platform: string, options: Options, command: Command) => {
      const session = openSession(command, shell);
      try {
        await connect(session, platform, options);
      } catch (error) {
        throw error instanceof RefusedError ? new RefusedError(error.notices.map(withRemedy)) : error;
      }
    });
}

async function connect(session: Session, platform: string, options: Options): Promise<void> {
  const { client, shell } = session;
  const after = (await client.ask(latestCursor, {})).system.latestEventCursor;
  const { id, expiresAt, authorizationUrl } = await openFlow(session, platform, options);
  session.printEntry(
    { authorizationUrl, flowId: id, expiresAt },
    `Open this address and allow access:\n\n  ${clean(authorizationUrl)}\n`,
  );
  const opened = options.browser && !options.paste && shell.isTTY && (await shell.openBrowser(authorizationUrl));
  session.note(`Waiting for the answer until ${withoutMilliseconds(expiresAt)}.`);
  const flow = { id, expiresAt, after };
  const pasted = options.paste ? await completeByPasting(session) : undefined;
  const offerPaste = shell.isTTY && !session.json && !opened && !pasted;
  const ended = pasted && hasEnded(pasted) ? pasted : await waitForFlow(session, flow, offerPaste);
  refuseUnhappyEnding(ended);
  const { platformStatus: status } = await client.ask(platformStatus, { platform });
  session.printEntry({ flow: ended, platformStatus: status }, describeStatus(status));
}

async function openFlow(session: Session, platform: string, options: Options) {
  let credentials = await credentialsBefore(session, platform, options);
  let payload = await begin(session, options, credentials);
  if (!credentials && payload.errors.some(({ code }) => code === 'PLATFORM_NOT_CONFIGURED')) {
    credentials = await findCredentials(session);
    payload = await begin(session, options, credentials);
  }
  session.warn(payload.warnings);
  const { authorizationUrl, flow, errors } = payload;
  const id = payload.flowId ?? flow?.id;
  const expiresAt = payload.expiresAt ?? flow?.expiresAt;
  if (errors.length > 0 || !authorizationUrl || !id || !expiresAt) {
    const nothing = { code: 'UPSTREAM_ERROR', message: 'The server opened no flow and gave no reason.' };
    throw new RefusedError(errors.length > 0 ? errors : [nothing]);
  }
  return { authorizationUrl, id, expiresAt };
}

/** Credentials that go along at once: those of a file, and new ones where they are asked for or the stored ones were refused. */
async function credentialsBefore(
  session: Session,
  platform: string,
  options: Options,
): Promise<Credentials | undefined> {
  if (options.credentialsFile !== undefined) return readCredentialsFile(options.credentialsFile, session);
  if (options.newCredentials) return findCredentials(session);
  const { platformStatus: status } = await session.client.ask(platformStatus, { platform });
  return status.status === 'CREDENTIALS_INVALID' ? findCredentials(session) : undefined;
}

async function begin(session: Session, options: Options, credentials: Credentials | undefined) {
  const answer = await session.client.ask(connectUpwork, {
    input: {
      ...(credentials ? { credentials } : {}),
      force: options.force ?? false,
      allowAccountChange: options.allowAccountChange ?? false,
    },
  });
  return answer.connectUpwork;
}

function withRemedy(notice: Notice): Notice {
  const remedy = remedies[notice.code];
  return remedy ? { ...notice, message: `${notice.message} ${remedy}` } : notice;
}
