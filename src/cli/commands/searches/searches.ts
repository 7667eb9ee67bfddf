import type { Command } from 'commander';
import type { SavedSearchPayload, SavedSearchWithJobs } from '../../../client/operations/search-answers.ts';
import {
  createSavedSearch,
  deleteSavedSearch,
  savedSearch,
  savedSearches,
  updateSavedSearch,
} from '../../../client/operations/search-operations.ts';
import { openSession, type Session } from '../../asking/session.ts';
import { RefusedError, refuseErrors, UsageError } from '../../exit.ts';
import { parseUntil, parseWholeNumber } from '../../options/parse-options.ts';
import {
  addNewSearchOptions,
  addSearchChangeOptions,
  type NewSearchOptions,
  newSearchInputOf,
  type SearchChangeOptions,
  searchChangeOf,
} from '../../options/search-options.ts';
import { clean } from '../../print.ts';
import type { Shell } from '../../shell.ts';
import { describeSearch, describeSearches, describeSearchWithJobs } from '../../show/describe-search.ts';

/** `searches list|show|create|update|snooze|delete`: named filters beside the preferences. */
export function registerSearches(program: Command, shell: Shell): void {
  const group = program
    .command('searches')
    .description('Saves searches: filters with a name that judge every posting, and are asked of Upwork if you want.');
  registerList(group, shell);
  registerShow(group, shell);
  registerCreate(group, shell);
  registerUpdate(group, shell);
  registerSnooze(group, shell);
  registerDelete(group, shell);
}

function registerList(group: Command, shell: Shell): void {
  group
    .command('list', { isDefault: true })
    .description('Lists saved searches, oldest first (the default).')
    .option('--limit <n>', 'how many, at most 100', parseWholeNumber(1, 100), 100)
    .option('--after <cursor>', 'the page after this cursor')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector searches list')
    .action(async ({ limit, after }: { limit: number; after?: string }, command: Command) => {
      const session = openSession(command, shell);
      const answer = await session.client.ask(savedSearches, {
        first: limit,
        ...(after === undefined ? {} : { after }),
      });
      const { nodes, totalCount, pageInfo } = answer.savedSearches;
      session.print(answer.savedSearches, describeSearches(nodes, shell.now()));
      session.note(`${nodes.length} of ${totalCount}`);
      if (pageInfo.hasNextPage && pageInfo.endCursor) session.note(`More: --after ${clean(pageInfo.endCursor)}`);
    });
}

function registerShow(group: Command, shell: Shell): void {
  group
    .command('show')
    .description('Shows one saved search and the newest jobs that match it.')
    .argument('<id>', 'search_… id')
    .option('--limit <n>', 'how many jobs, at most 100', parseWholeNumber(0, 100), 25)
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector searches show search_01JD… --limit 10')
    .action(async (id: string, { limit }: { limit: number }, command: Command) => {
      const session = openSession(command, shell);
      const found = await findSearch(session, id, limit);
      session.print(found, describeSearchWithJobs(found, shell.now()));
      session.note(`${found.jobs.nodes.length} of ${found.jobs.totalCount} jobs`);
    });
}

async function findSearch({ client }: Session, id: string, first: number): Promise<SavedSearchWithJobs> {
  const { savedSearch: found } = await client.ask(savedSearch, { id, first });
  if (!found) throw new RefusedError([{ code: 'NOT_FOUND', message: `There is no saved search ${clean(id)}.` }]);
  return found;
}

function registerCreate(group: Command, shell: Shell): void {
  addNewSearchOptions(group.command('create'))
    .description('Saves a search. All that is named must hold.')
    .argument('<name>', 'what you call it')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector searches create "GraphQL, Europe" --keyword graphql --country DE,FR,NL --scan',
    )
    .action(async (name: string, options: NewSearchOptions, command: Command) => {
      const session = openSession(command, shell);
      const input = { name, ...newSearchInputOf(options) };
      const { createSavedSearch: payload } = await session.client.ask(createSavedSearch, { input });
      printPayload(session, payload);
    });
}

function printPayload(session: Session, payload: SavedSearchPayload): void {
  refuseErrors(payload);
  session.warn(payload.warnings);
  const { savedSearch: search } = payload;
  session.print(payload, search ? describeSearch(search, session.shell.now()) : '');
}

function registerUpdate(group: Command, shell: Shell): void {
  addSearchChangeOptions(group.command('update'))
    .description('Changes what is named and leaves the rest.')
    .argument('<id>', 'search_… id')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector searches update search_01JD… --no-scan --clear countries',
    )
    .action(async (id: string, options: SearchChangeOptions, command: Command) => {
      const change = searchChangeOf(options);
      if (Object.keys(change).length === 0)
        throw new UsageError('Nothing to change. Name something, for instance --scan or --clear countries.');
      await update(openSession(command, shell), { savedSearchId: id, ...change });
    });
}

async function update(session: Session, input: object): Promise<void> {
  const { updateSavedSearch: payload } = await session.client.ask(updateSavedSearch, { input });
  printPayload(session, payload);
}

function registerSnooze(group: Command, shell: Shell): void {
  group
    .command('snooze')
    .description('Lets a saved search go on collecting jobs without announcing any, for a while.')
    .argument('<id>', 'search_… id')
    .argument('<until>', 'how long, e.g. 8h or 7d, or a time; off ends it', (text) => parseUntil(text, shell.now()))
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector searches snooze search_01JD… 8h')
    .action(async (id: string, snoozedUntil: string | null, _options: object, command: Command) => {
      await update(openSession(command, shell), { savedSearchId: id, snoozedUntil });
    });
}

function registerDelete(group: Command, shell: Shell): void {
  group
    .command('delete')
    .description('Deletes a saved search; the jobs it found stay. Asks first.')
    .argument('<id>', 'search_… id')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector searches delete search_01JD… --yes')
    .action(async (id: string, { yes = false }: { yes?: boolean }, command: Command) => {
      const session = openSession(command, shell);
      const found = await findSearch(session, id, 0);
      if (!yes && !shell.isTTY)
        throw new UsageError('Nobody is there to confirm. Add --yes to delete without being asked.');
      if (!yes && !(await shell.confirm(`Delete the saved search "${clean(found.name)}"?`)))
        throw new RefusedError([{ code: 'NOT_CONFIRMED', message: 'Nothing was deleted.' }]);
      const { deleteSavedSearch: payload } = await session.client.ask(deleteSavedSearch, {
        input: { savedSearchId: id },
      });
      refuseErrors(payload);
      session.print(payload, `Deleted: ${clean(id)}`);
    });
}
