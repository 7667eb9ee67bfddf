import type { Command } from 'commander';
import type { LoggedEvent } from '../../../client/operations/answers.ts';
import { followEvents, latestCursor, loggedEvents } from '../../../client/operations/operations.ts';
import { openSession, type Session } from '../../asking/session.ts';
import { untilStopped } from '../../asking/until-stopped.ts';
import { eventTypes } from '../../options/choices.ts';
import { parseChoices, parseWholeNumber } from '../../options/parse-options.ts';
import type { Shell } from '../../shell.ts';
import { describeEvent } from '../../show/describe-event.ts';

interface Options {
  after?: string;
  types?: string[];
  limit?: number;
  follow?: boolean;
}

const pageSize = 100;

/** `events`: the log after a cursor, once or followed. */
export function registerEvents(program: Command, shell: Shell): void {
  program
    .command('events')
    .description('Prints the event log, oldest first.')
    .option('--after <cursor>', 'only what came after this cursor (without it: all that is kept)')
    .option(
      '--types <types>',
      `only these, with commas: ${Object.keys(eventTypes).join(', ')}`,
      parseChoices(eventTypes),
    )
    .option('--limit <n>', 'end after so many entries', parseWholeNumber(1, 1_000_000))
    .option('--follow', 'go on with what comes, until stopped (without --after: from now on)')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector events --types job_posted,auth_expired --follow --json',
    )
    .action(async (options: Options, command: Command) => {
      const session = openSession(command, shell);
      if (options.follow) return followLog(session, options);
      const events = await readLog(session, options);
      const cursor = events.at(-1)?.cursor ?? options.after ?? null;
      session.print({ events, cursor }, events.length > 0 ? events.map(describeEvent).join('\n') : 'No events.');
    });
}

async function readLog({ client }: Session, { after, types, limit }: Options): Promise<LoggedEvent[]> {
  const most = limit ?? Number.POSITIVE_INFINITY;
  const read: LoggedEvent[] = [];
  let cursor = after;
  while (read.length < most) {
    const { events } = await client.ask(loggedEvents, {
      first: Math.min(pageSize, most - read.length),
      ...(types ? { types } : {}),
      ...(cursor === undefined ? {} : { after: cursor }),
    });
    read.push(...events.edges.map((edge) => edge.node));
    const next = events.pageInfo.endCursor;
    if (!events.pageInfo.hasNextPage || !next || next === cursor) break;
    cursor = next;
  }
  return read;
}

function followLog(session: Session, { after, types, limit }: Options): Promise<void> {
  return untilStopped(session.shell, async (signal) => {
    const from = after ?? (await session.client.ask(latestCursor, {})).system.latestEventCursor;
    const events = session.client.follow(followEvents, types ? { types } : {}, {
      after: from,
      signal,
      onInterruption: () => session.note('The connection was lost. Trying again…'),
    });
    let left = limit ?? Number.POSITIVE_INFINITY;
    for await (const event of events) {
      session.printEntry(event, describeEvent(event));
      left -= 1;
      if (left === 0) break;
    }
  });
}
