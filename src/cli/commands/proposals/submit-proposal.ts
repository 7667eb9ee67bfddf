import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { Proposal, ProposalPayload } from '../../../client/operations/proposal-answers.ts';
import {
  lastSync,
  markProposalSubmitted,
  submitProposal,
  syncPlatform,
  withdrawProposal,
} from '../../../client/operations/proposal-operations.ts';
import { findProposal } from '../../asking/find-proposal.ts';
import { openSession, type Session } from '../../asking/session.ts';
import { RefusedError, refuseErrors, UsageError } from '../../exit.ts';
import { parseWords } from '../../options/parse-options.ts';
import { clean, sentenceCase } from '../../print.ts';
import type { Shell } from '../../shell.ts';
import { describeProposal } from '../../show/describe-proposal.ts';

/** `proposals submit`: shows exactly what goes out and what it costs, asks, and sends it once. */
export function registerSubmit(group: Command, shell: Shell): void {
  group
    .command('submit')
    .description('Shows exactly what goes out and the Connects it costs, asks, and submits it once.')
    .argument('<id>', 'proposal_… id')
    .option('--confirm <content-hash>', 'confirm without being asked: the contentHash of what you have read')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector proposals submit proposal_01JD…')
    .action(async (id: string, { confirm }: { confirm?: string }, command: Command) => {
      const session = openSession(command, shell);
      const found = await findProposal(session, id);
      const contentHash = await confirmed(session, found, confirm);
      // The same confirmation always carries the same key: typing the command twice sends once.
      const idempotencyKey = createHash('sha256').update(`${id} ${contentHash} ${found.version}`).digest('hex');
      const { submitProposal: payload } = await session.client.ask(submitProposal, {
        input: { proposalId: id, contentHash, idempotencyKey },
      });
      refuseErrors(payload);
      session.warn(payload.warnings);
      await tellOutcome(session, await followed(session, payload));
    });
}

async function confirmed(session: Session, found: Proposal, given: string | undefined): Promise<string> {
  const { shell } = session;
  if (given !== undefined) return given;
  if (!shell.isTTY)
    throw new UsageError(
      `Nobody is there to confirm. Read the proposal, then add --confirm ${clean(found.contentHash)}`,
    );
  shell.err(`${describeProposal(found)}\n\n`);
  if (found.blockers.length > 0) throw new RefusedError(found.blockers);
  const { connects, boostConnects } = found.terms;
  const price =
    connects === null
      ? 'What it costs in Connects Upwork shows on its page alone.'
      : `It costs ${connects + (boostConnects ?? 0)} Connects.`;
  if (await shell.confirm(`Submit exactly this? ${price}`)) return found.contentHash;
  throw new RefusedError([{ code: 'NOT_CONFIRMED', message: 'Nothing was sent.' }]);
}

/** The payload once Upwork has answered: the server accepts a submission and goes on with it. */
async function followed(session: Session, payload: ProposalPayload): Promise<ProposalPayload> {
  let { proposal } = payload;
  for (let waits = 0; proposal?.status === 'SUBMITTING' && waits < waitsAtMost; waits++) {
    if (waits === 0) session.note('It is on its way; Upwork has not answered yet.');
    await session.shell.sleep(waitMs);
    proposal = await findProposal(session, proposal.id);
  }
  return { ...payload, proposal };
}

async function tellOutcome(session: Session, payload: ProposalPayload): Promise<void> {
  const { proposal } = payload;
  if (!proposal) return;
  const status = `Status: ${sentenceCase(proposal.status)}`;
  session.print(payload, status);
  if (proposal.status === 'OUTCOME_UNKNOWN')
    session.note('Upwork gave no answer. Prospector reads back what became of it, and never sends it again by itself.');
  if (proposal.status !== 'AWAITING_MANUAL_SUBMISSION') return;
  const isCopied = await session.shell.copy(proposal.coverLetter);
  session.note(
    isCopied
      ? 'Your key may not submit. The cover letter is on the clipboard; paste it on this page:'
      : 'Your key may not submit. Copy the cover letter (proposals show) to this page:',
  );
  session.note(clean(proposal.handoffUrl ?? ''));
  session.note(
    `Then: ghoststack prospector proposals mark-submitted ${clean(proposal.id)}   (or let the next sync notice)`,
  );
}

/** `proposals mark-submitted`: the person did it on Upwork's site. */
export function registerMarkSubmitted(group: Command, shell: Shell): void {
  group
    .command('mark-submitted')
    .description("Notes that you have submitted a proposal on Upwork's page.")
    .argument('<id>', 'proposal_… id')
    .option('--upwork-id <number>', "the number in the address of Upwork's page of the proposal")
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector proposals mark-submitted proposal_01JD…')
    .action(async (id: string, { upworkId }: { upworkId?: string }, command: Command) => {
      const session = openSession(command, shell);
      const input = { proposalId: id, ...(upworkId === undefined ? {} : { externalId: upworkId }) };
      const { markProposalSubmitted: payload } = await session.client.ask(markProposalSubmitted, { input });
      refuseErrors(payload);
      session.print(payload, `Status: ${sentenceCase(payload.proposal?.status ?? '')}`);
    });
}

/** `proposals withdraw`: opens the page where a person can; no API can. */
export function registerWithdraw(group: Command, shell: Shell): void {
  group
    .command('withdraw')
    .description("Opens Upwork's page of the proposal, where you can withdraw it; the next sync notices.")
    .argument('<id>', 'proposal_… id')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector proposals withdraw proposal_01JD…')
    .action(async (id: string, _options: object, command: Command) => {
      const session = openSession(command, shell);
      const { withdrawProposal: payload } = await session.client.ask(withdrawProposal, { input: { proposalId: id } });
      const page = payload.errors.find(({ code }) => code === 'CAPABILITY_UNSUPPORTED');
      if (!page?.handoffUrl) {
        refuseErrors(payload);
        return session.print(payload, `Status: ${sentenceCase(payload.proposal?.status ?? '')}`);
      }
      session.print(payload, `${clean(page.message)}\n${clean(page.handoffUrl)}`);
      if (!session.json && shell.isTTY) await shell.openBrowser(page.handoffUrl);
    });
}

const waitMs = 500;
const waitsAtMost = 240;

/** `proposals sync`: reads back from Upwork, and waits for the end of it. */
export function registerSync(group: Command, shell: Shell): void {
  group
    .command('sync')
    .description('Reads back from Upwork what has become of proposals and contracts.')
    .option('--what <targets>', 'with commas: proposals, contracts, account', parseWords)
    .option('--no-wait', 'do not wait for its end')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector proposals sync')
    .action(async (options: { what?: string[]; wait: boolean }, command: Command) => {
      const session = openSession(command, shell);
      const what = (options.what ?? ['proposals', 'contracts']).map((word) => word.toUpperCase());
      const { syncPlatform: payload } = await session.client.ask(syncPlatform, { input: { what } });
      refuseErrors(payload);
      if (!options.wait) return session.print(payload, 'Started.');
      session.note('Reading …');
      const before = payload.platformStatus?.lastSyncAt ?? null;
      for (let round = 0; round < waitsAtMost; round++) {
        const { platformStatus } = await session.client.ask(lastSync, {});
        if (platformStatus.lastSyncAt !== null && platformStatus.lastSyncAt !== before)
          return session.print(platformStatus, `Last sync: ${clean(platformStatus.lastSyncAt)}`);
        await shell.sleep(waitMs);
      }
      throw new RefusedError([
        { code: 'NOT_ENDED', message: 'The sync has not ended yet. See: ghoststack prospector status' },
      ]);
    });
}
