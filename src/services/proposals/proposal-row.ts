import type { Job } from '../jobs/model.ts';
import { contentHash } from './drafting/content-hash.ts';
import { netOf } from './drafting/net-rate.ts';
import type { Proposal, ProposalStatus, ProposalTerms, ScreeningAnswer, SubmissionMode } from './model.ts';

/** A row of `proposals`. */
export interface ProposalRow {
  readonly seq: number;
  readonly id: string;
  readonly externalId: string | null;
  readonly jobId: string;
  readonly jobExternalId: string;
  readonly status: ProposalStatus;
  readonly submissionMode: SubmissionMode | null;
  readonly coverLetter: string;
  readonly terms: string;
  readonly answers: string;
  readonly connects: number | null;
  readonly attemptAt: number | null;
  readonly refusal: string | null;
  readonly createdAt: number;
  readonly submittedAt: number | null;
  readonly updatedAt: number;
  readonly version: number;
}

/** Its columns under the names of `ProposalRow`. */
export const proposalColumns = `seq, id, external_id AS externalId, job_id AS jobId, job_external_id AS jobExternalId, status,
  submission_mode AS submissionMode, cover_letter AS coverLetter, terms, answers, connects, attempt_at AS attemptAt, refusal,
  created_at AS createdAt, submitted_at AS submittedAt, updated_at AS updatedAt, version`;

/** The proposal of a row. `feePercent`: the person's estimate of the platform's fee, a decimal string. */
export function toProposal(row: ProposalRow, job: Job | undefined, feePercent: string): Proposal {
  const terms = JSON.parse(row.terms) as ProposalTerms;
  const answers = JSON.parse(row.answers) as ScreeningAnswer[];
  const { jobExternalId, coverLetter } = row;
  const handoffUrl = pageFor(row, job);
  return {
    seq: row.seq,
    id: row.id,
    jobId: row.jobId,
    status: row.status,
    coverLetter,
    terms,
    answers,
    contentHash: contentHash({
      jobExternalId,
      coverLetter,
      terms,
      answers,
      ...(row.connects !== null && { connects: row.connects }),
    }),
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    version: row.version,
    ...(row.externalId !== null && { externalId: row.externalId }),
    ...(row.submissionMode !== null && { submissionMode: row.submissionMode }),
    ...(handoffUrl !== undefined && { handoffUrl }),
    ...(terms.rate && { netRate: netOf(terms.rate, feePercent) }),
    ...(row.connects !== null && { connects: row.connects }),
    ...(row.submittedAt !== null && { submittedAt: new Date(row.submittedAt) }),
  };
}

/** Where a person goes on by hand: the proposal once it is at Upwork (FACTS §6), else the job's form (FACTS §7). */
function pageFor(row: ProposalRow, job: Job | undefined): string | undefined {
  if (row.externalId !== null) return `https://www.upwork.com/ab/proposals/${encodeURIComponent(row.externalId)}`;
  const ciphertext = /~0[12][\da-z]+$/i.exec(job?.url ?? '')?.[0] ?? `~02${row.jobExternalId}`;
  return `https://www.upwork.com/nx/proposals/job/${ciphertext}/apply/`;
}
