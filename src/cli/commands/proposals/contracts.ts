import type { Command } from 'commander';
import type { Contract } from '../../../client/operations/proposal-answers.ts';
import { contracts } from '../../../client/operations/proposal-operations.ts';
import { openSession } from '../../asking/session.ts';
import { contractStatuses } from '../../options/choices.ts';
import { parseChoices, parseWholeNumber } from '../../options/parse-options.ts';
import { clean, sentenceCase, shorten, table, withoutMilliseconds } from '../../print.ts';
import type { Shell } from '../../shell.ts';

const titleLength = 60;

/** `contracts`: what proposals have led to, with milestones where the key may read them. */
export function registerContracts(program: Command, shell: Shell): void {
  program
    .command('contracts')
    .description('Lists contracts with their milestones.')
    .option(
      '--status <statuses>',
      `with commas: ${Object.keys(contractStatuses).join(', ')}`,
      parseChoices(contractStatuses),
    )
    .option('--limit <n>', 'how many, at most 50', parseWholeNumber(1, 50), 25)
    .option('--after <cursor>', 'the page after this cursor')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector contracts --status active')
    .action(async (options: { status?: string[]; limit: number; after?: string }, command: Command) => {
      const session = openSession(command, shell);
      const answer = await session.client.ask(contracts, {
        first: options.limit,
        ...(options.status ? { filter: { statuses: options.status } } : {}),
        ...(options.after ? { after: options.after } : {}),
      });
      const { nodes, totalCount, pageInfo } = answer.contracts;
      session.print(answer.contracts, describe(nodes));
      session.note(`${nodes.length} of ${totalCount}`);
      if (pageInfo.hasNextPage && pageInfo.endCursor) session.note(`More: --after ${clean(pageInfo.endCursor)}`);
    });
}

function describe(nodes: readonly Contract[]): string {
  if (nodes.length === 0) return 'No contracts.';
  const overview = table(
    ['ID', 'STATUS', 'TYPE', 'RATE', 'STARTED', 'PAID', 'TITLE'],
    nodes.map((contract) => [
      contract.id,
      sentenceCase(contract.status),
      sentenceCase(contract.type),
      contract.rate?.formatted ?? '–',
      contract.startedAt ? withoutMilliseconds(contract.startedAt).slice(0, 10) : '–',
      contract.earnings?.paid.formatted ?? '–',
      shorten(clean(contract.title), titleLength),
    ]),
  );
  const parts = nodes.flatMap(({ title, milestones }) =>
    milestones.map((part) => [
      part.dueOn ?? '–',
      part.overdue ? 'Overdue' : sentenceCase(part.status),
      part.amount.formatted,
      shorten(`${clean(title)}: ${clean(part.title)}`, titleLength + 20),
    ]),
  );
  return parts.length === 0 ? overview : `${overview}\n\n${table(['DUE', 'STATE', 'AMOUNT', 'MILESTONE'], parts)}`;
}
