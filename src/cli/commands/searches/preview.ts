import type { Command } from 'commander';
import { previewSearch } from '../../../client/operations/filter-operations.ts';
import { openSession } from '../../asking/session.ts';
import { addCriteriaOptions, type CriteriaOptions, criteriaInputOf } from '../../options/criteria-options.ts';
import { parseSince } from '../../options/parse-options.ts';
import type { Shell } from '../../shell.ts';
import { describePreview } from '../../show/describe-preview.ts';

interface Options extends CriteriaOptions {
  query?: string;
  search?: string;
  since: string;
}

/** `preview`: what a filter would have found among stored jobs, before it is saved. */
export function registerPreview(program: Command, shell: Shell): void {
  addCriteriaOptions(
    program
      .command('preview')
      .description('Tries a filter out over stored jobs. Writes nothing and asks Upwork nothing.')
      .option('--query <text>', 'full text: words, "phrases", prefix*, -without, OR')
      .option('--search <id>', 'compare with this saved search; with no other filter, try it itself'),
  )
    .option('--since <when>', 'posted since: 24h, 7d, or a time; as far back as content is kept', parseSince, '-P7D')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector preview --keyword graphql --hourly-rate 50- --max-proposals 20',
    )
    .action(async (options: Options, command: Command) => {
      const session = openSession(command, shell);
      const { query, search, since } = options;
      const criteria = criteriaInputOf(options);
      const { previewSearch: preview } = await session.client.ask(previewSearch, {
        since,
        ...(query === undefined ? {} : { query }),
        ...(criteria === undefined ? {} : { criteria }),
        ...(search === undefined ? {} : { savedSearchId: search }),
      });
      session.print(preview, describePreview(preview, search !== undefined));
    });
}
