import type { TermsInput } from '../../schema/proposals/proposal-inputs.ts';
import type { ProposalTermsPatch } from '../../services/proposals/model.ts';
import { withoutUndefined } from './without.ts';

const cleared: ProposalTermsPatch = { rate: null, duration: null, boostConnects: null, milestones: null };

/** Terms as services take them: absent leaves alone, null clears. */
export function toTermsPatch(input: TermsInput | null): ProposalTermsPatch {
  if (!input) return cleared;
  const { milestones, ...rest } = input;
  return withoutUndefined({
    ...rest,
    milestones: milestones?.map(withoutUndefined) ?? milestones,
  }) as ProposalTermsPatch;
}
