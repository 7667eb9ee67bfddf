import type { Command } from 'commander';
import {
  createProposalDraft,
  deleteProposalDraft,
  proposals,
  updateProposalDraft,
} from '../../../client/operations/proposal-operations.ts';
import { findJob } from '../../asking/find-job.ts';
import { findProposal } from '../../asking/find-proposal.ts';
import { openSession } from '../../asking/session.ts';
import { RefusedError, refuseErrors, UsageError } from '../../exit.ts';
import { proposalStatuses } from '../../options/choices.ts';
import { parseChoices, parseWholeNumber } from '../../options/parse-options.ts';
import { addProposalOptions, type ProposalOptions, proposalInputOf } from '../../options/proposal-input.ts';
import { clean } from '../../print.ts';
import type { Shell } from '../../shell.ts';
import { describeProposal, describeProposals, describeStats } from '../../show/describe-proposal.ts';
import { registerMarkSubmitted, registerSubmit, registerSync, registerWithdraw } from './submit-proposal.ts';

/** `proposals list|show|draft|edit|submit|mark-submitted|withdraw|delete|sync`: from a job that was found to a proposal at Upwork. */
export function registerProposals(program: Command, shell: Shell): void {
  const group = program
    .command('proposals')
    .description('Writes, submits and follows proposals. Nothing is sent that you have not confirmed.');
  registerList(group, shell);
  registerShow(group, shell);
  registerDraft(group, shell);
  registerEdit(group, shell);
  registerSubmit(group, shell);
  registerMarkSubmitted(group, shell);
  registerWithdraw(group, shell);
  registerDelete(group, shell);
  registerSync(group, shell);
}

function registerList(group: Command, shell: Shell): void {
  group
    .command('list', { isDefault: true })
    .description('Lists proposals, last changed first (the default).')
    .option(
      '--status <statuses>',
      `with commas: ${Object.keys(proposalStatuses).join(', ')}`,
      parseChoices(proposalStatuses),
    )
    .option('--limit <n>', 'how many, at most 25', parseWholeNumber(1, 25), 25)
    .option('--after <cursor>', 'the page after this cursor')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector proposals list --status draft,unknown')
    .action(async (options: { status?: string[]; limit: number; after?: string }, command: Command) => {
      const session = openSession(command, shell);
      const answer = await session.client.ask(proposals, {
        first: options.limit,
        ...(options.status ? { filter: { statuses: options.status } } : {}),
        ...(options.after ? { after: options.after } : {}),
      });
      const { nodes, totalCount, pageInfo } = answer.proposals;
      session.print(answer, describeProposals(nodes));
      session.note(`${nodes.length} of ${totalCount}. ${describeStats(answer.proposalStats)}`);
      if (pageInfo.hasNextPage && pageInfo.endCursor) session.note(`More: --after ${clean(pageInfo.endCursor)}`);
    });
}

function registerShow(group: Command, shell: Shell): void {
  group
    .command('show')
    .description('Shows one proposal: what it says, what stops it, what has happened.')
    .argument('<id>', 'proposal_… id')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector proposals show proposal_01JD…')
    .action(async (id: string, _options: object, command: Command) => {
      const session = openSession(command, shell);
      const found = await findProposal(session, id);
      session.print(found, describeProposal(found));
    });
}

function registerDraft(group: Command, shell: Shell): void {
  addProposalOptions(group.command('draft'))
    .description('Makes a draft for a job.')
    .argument('<job>', "job_… id, Upwork's number or ~02… form, or the address of the posting")
    .option('--template <name>', 'fill in templates/<name>.md of the home')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector proposals draft ~021890000000000000001 --template graphql --rate 55',
    )
    .action(async (typed: string, options: ProposalOptions, command: Command) => {
      const session = openSession(command, shell);
      const input = {
        jobId: (await findJob(session.client, typed)).id,
        ...(await proposalInputOf(options, shell)),
        ...(options.template === undefined ? {} : { template: options.template }),
      };
      const { createProposalDraft: payload } = await session.client.ask(createProposalDraft, { input });
      refuseErrors(payload);
      session.warn(payload.warnings);
      session.print(payload.proposal, payload.proposal ? describeProposal(payload.proposal) : '');
    });
}

function registerEdit(group: Command, shell: Shell): void {
  addProposalOptions(group.command('edit'))
    .description('Changes a draft; without options opens the cover letter in your editor.')
    .argument('<id>', 'proposal_… id')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector proposals edit proposal_01JD… --rate 60 --answer 1="UTC+1"',
    )
    .action(async (id: string, options: ProposalOptions, command: Command) => {
      const session = openSession(command, shell);
      const found = await findProposal(session, id);
      const given = await proposalInputOf(options, shell);
      const change =
        Object.keys(given).length > 0 ? given : { coverLetter: await editLetter(shell, found.coverLetter) };
      const input = { proposalId: id, expectedVersion: found.version, ...change };
      const { updateProposalDraft: payload } = await session.client.ask(updateProposalDraft, { input });
      refuseErrors(payload);
      session.warn(payload.warnings);
      session.print(payload.proposal, payload.proposal ? describeProposal(payload.proposal) : '');
    });
}

async function editLetter(shell: Shell, text: string): Promise<string> {
  const edited = await shell.edit(text, 'cover-letter.md');
  if (edited === undefined)
    throw new UsageError(
      'No editor was found, or it ended badly. Set EDITOR, or use --cover-letter-file and the other options.',
    );
  return edited.trimEnd();
}

function registerDelete(group: Command, shell: Shell): void {
  group
    .command('delete')
    .description('Deletes a draft. Asks first.')
    .argument('<id>', 'proposal_… id')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector proposals delete proposal_01JD… --yes')
    .action(async (id: string, { yes = false }: { yes?: boolean }, command: Command) => {
      const session = openSession(command, shell);
      const found = await findProposal(session, id);
      if (!yes && !shell.isTTY)
        throw new UsageError('Nobody is there to confirm. Add --yes to delete without being asked.');
      if (!yes && !(await shell.confirm(`Delete the draft for "${clean(found.job.title)}"?`)))
        throw new RefusedError([{ code: 'NOT_CONFIRMED', message: 'Nothing was deleted.' }]);
      const { deleteProposalDraft: payload } = await session.client.ask(deleteProposalDraft, {
        input: { proposalId: id },
      });
      refuseErrors(payload);
      session.print(payload, `Deleted: ${clean(id)}`);
    });
}
