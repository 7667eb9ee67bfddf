import type { Proposal, ProposalStats } from '../../client/operations/proposal-answers.ts';
import { clean, cleanBlock, sentenceCase, shorten, table, withoutMilliseconds } from '../print.ts';

const titleLength = 60;

/** Proposals as a table, last changed first. */
export function describeProposals(proposals: readonly Proposal[]): string {
  if (proposals.length === 0) return 'No proposals.';
  return table(
    ['ID', 'STATUS', 'RATE', 'SUBMITTED', 'JOB'],
    proposals.map((proposal) => [
      proposal.id,
      sentenceCase(proposal.status),
      proposal.terms.rate?.formatted ?? '–',
      proposal.submittedAt ? withoutMilliseconds(proposal.submittedAt) : '–',
      shorten(titleOf(proposal), titleLength),
    ]),
  );
}

/** One proposal with everything that is, or would be, sent. */
export function describeProposal(proposal: Proposal): string {
  const { terms } = proposal;
  const isHourly = proposal.job.type === 'HOURLY';
  const fields: [string, string | null | undefined | false][] = [
    ['Proposal', proposal.id],
    ['Job', `${titleOf(proposal)} (${proposal.job.url})`],
    ['Status', sentenceCase(proposal.status)],
    ['Submitted', proposal.submittedAt && withoutMilliseconds(proposal.submittedAt)],
    ['Rate', terms.rate && `${terms.rate.formatted}${isHourly ? ' an hour' : ' in all'}`],
    ['Reaches you', terms.netRate && `about ${terms.netRate.formatted}`],
    ['Duration', terms.duration && sentenceCase(terms.duration)],
    ['Connects', terms.connects === null ? 'not known before' : String(terms.connects)],
    ['Boost', terms.boostConnects !== null && `${terms.boostConnects} Connects`],
    ['Page', proposal.handoffUrl],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`${name}: ${clean(value)}`] : []));
  for (const { title, amount, dueOn } of terms.milestones)
    lines.push(`Milestone: ${clean(title)}, ${clean(amount.formatted)}${dueOn ? `, due ${clean(dueOn)}` : ''}`);
  for (const { message } of proposal.blockers) lines.push(`Stops it: ${clean(message)}`);
  for (const { status, occurredAt, note } of proposal.history)
    lines.push(`${withoutMilliseconds(occurredAt)}  ${sentenceCase(status)}${note ? ` – ${clean(note)}` : ''}`);
  const answers = proposal.answers.flatMap(({ question, answer }) => [
    '',
    `Question ${question.position}: ${clean(question.text)}`,
    cleanBlock(answer) || '(not answered)',
  ]);
  return [...lines, '', cleanBlock(proposal.coverLetter) || '(no cover letter yet)', ...answers].join('\n');
}

/** What submitted proposals have come to, with sample sizes. */
export function describeStats(stats: ProposalStats): string {
  if (stats.submitted === 0) return 'Nothing was submitted yet.';
  const share = (rate: string | null) => (rate === null ? '–' : `${Math.round(Number(rate) * 100)} %`);
  return clean(
    `${stats.submitted} submitted, ${stats.viewed} viewed, ${stats.interviewed} interviewed (${share(stats.responseRate)}), ${stats.hired} hired (${share(stats.hireRate)})`,
  );
}

function titleOf({ job }: Proposal): string {
  return job.contentPurged ? job.id : clean(job.title);
}
