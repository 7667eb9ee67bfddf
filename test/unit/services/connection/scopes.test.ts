import { expect, it } from 'vitest';
import type { FoundScopes } from '../../../../src/services/connection/records/connection-row.ts';
import {
  capabilitiesOf,
  grantsOf,
  missingScopes,
  withMissing,
} from '../../../../src/services/connection/status/scopes.ts';

const all: FoundScopes['probes'] = {
  job_search: 'granted',
  proposals: 'granted',
  contract_list: 'granted',
  connects: 'granted',
};
const found = (more: FoundScopes['probes'] = {}, refusedWrites: FoundScopes['refusedWrites'] = []): FoundScopes => ({
  probes: { ...all, ...more },
  refusedWrites,
});
const short = (scopes: FoundScopes | undefined) =>
  grantsOf(scopes)
    .map(({ granted }) => granted)
    .join(' ');
const labels = (scopes: FoundScopes) =>
  missingScopes(scopes).map(({ name, keyFormLabels }) => [name, ...keyFormLabels]);
const talentProfile = 'Talent Profile - Read And Write Access (public)';
const contract = 'Contract - Read and Write Access';

/** What the probes said, what that grants (job_search, proposals, contracts), and which boxes are to be ticked. */
const table: [string, FoundScopes, string, string[][]][] = [
  ['everything', found(), 'READ READ_WRITE READ_WRITE', []],
  [
    'contracts by the work history alone: the product tier is no missing scope',
    found({ contract_list: 'not_offered', work_history: 'granted' }),
    'READ READ_WRITE READ_WRITE',
    [],
  ],
  [
    'no way to contracts: the tier refuses one, the scope of the other is missing',
    found({ contract_list: 'not_offered', work_history: 'missing' }),
    'READ READ_WRITE NONE',
    [['contracts', talentProfile]],
  ],
  [
    'no contract scope, but a work history',
    found({ contract_list: 'missing', work_history: 'granted' }),
    'READ READ_WRITE READ',
    [['contracts', contract]],
  ],
  [
    'nothing but commons',
    found({ job_search: 'missing', proposals: 'missing', contract_list: 'missing', work_history: 'missing' }),
    'NONE NONE NONE',
    [
      ['job_search', 'Common Entities - Read-Only Access', 'Read marketplace Job Postings'],
      ['proposals', talentProfile, 'Submit Proposal'],
      ['contracts', contract],
    ],
  ],
  ['a write that was refused', found({}, ['proposals']), 'READ READ READ_WRITE', [['proposals', 'Submit Proposal']]],
  ['probes that nobody answered: unknown is not missing', { probes: {}, refusedWrites: [] }, 'NONE NONE NONE', []],
];

it.each(table)('judges %s', (_what, scopes, granted, boxes) => {
  expect(short(scopes)).toBe(granted);
  expect(labels(scopes)).toEqual(boxes);
});

it('lists every box while nothing is connected, and grants nothing', () => {
  expect(short(undefined)).toBe('NONE NONE NONE');
  expect(grantsOf(undefined).every(({ keyFormLabels }) => keyFormLabels.length > 0)).toBe(true);
  expect(new Set(capabilitiesOf(undefined).map(({ availability }) => availability))).toEqual(
    new Set(['DISABLED', 'NOT_OFFERED_BY_PLATFORM']),
  );
});

it('tells a missing scope from a tier that is not offered', () => {
  const availability = (scopes: FoundScopes, capability: string) =>
    capabilitiesOf(scopes).find((entry) => entry.capability === capability)?.availability;
  expect(availability(found(), 'SUBMIT_PROPOSAL')).toBe('AVAILABLE');
  expect(availability(found({}, ['proposals']), 'SUBMIT_PROPOSAL')).toBe('MISSING_SCOPE');
  expect(availability(found({}, ['proposals']), 'READ_PROPOSALS')).toBe('AVAILABLE');
  expect(availability(found({ proposals: 'missing' }), 'READ_PROPOSALS')).toBe('MISSING_SCOPE');
  expect(availability(found({ contract_list: 'not_offered', work_history: 'granted' }), 'READ_CONTRACTS')).toBe(
    'AVAILABLE',
  );
  expect(availability(found({ contract_list: 'not_offered', work_history: 'not_offered' }), 'READ_CONTRACTS')).toBe(
    'NOT_OFFERED_BY_PLATFORM',
  );
});

it('takes only what stands for a whole scope from Upwork’s complaint', () => {
  const before = found();
  expect(withMissing(before, ['MarketplaceProposalRequirements.screeningQuestions', 'CurrentUser.email'])).toBe(before);
  expect(short(withMissing(before, ['Money.rawValue', 'PageInfo.endCursor']))).toBe('NONE READ_WRITE READ_WRITE');
  expect(short(withMissing(before, ['Mutation.createJobProposal']))).toBe('READ READ READ_WRITE');
  expect(short(withMissing(before, ['Query.vendorProposals', 'Query.contractList']))).toBe('READ NONE NONE');
});
