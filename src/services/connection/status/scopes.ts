import type { ProbeName } from '../../upwork/model.ts';
import type { CapabilityStatus, PlatformCapability, ScopeAccess, ScopeGrant, ScopeName } from '../model.ts';
import type { FoundScopes } from '../records/connection-row.ts';

interface Scope {
  readonly name: ScopeName;
  readonly description: string;
  readonly required: ScopeAccess;
  /** The probe whose `missing` says that reading is not granted. */
  readonly probe: ProbeName;
  /** Another way to read the same, where the first is not to be had. */
  readonly fallback?: ProbeName;
  /** Boxes of Upwork's key form (FACTS §4) for reading, for the fallback, and for writing. */
  readonly readLabels: readonly string[];
  readonly fallbackLabels?: readonly string[];
  readonly writeLabels: readonly string[];
  readonly capabilities: readonly PlatformCapability[];
}

const scopes: readonly Scope[] = [
  {
    name: 'job_search',
    description: 'Search and read job postings.',
    required: 'READ',
    probe: 'job_search',
    readLabels: ['Common Entities - Read-Only Access', 'Read marketplace Job Postings'],
    writeLabels: [],
    capabilities: ['READ_JOBS'],
  },
  {
    name: 'proposals',
    description: 'Read and submit proposals.',
    required: 'READ_WRITE',
    probe: 'proposals',
    readLabels: ['Talent Profile - Read And Write Access (public)'],
    writeLabels: ['Submit Proposal'],
    capabilities: ['READ_PROPOSALS', 'SUBMIT_PROPOSAL'],
  },
  {
    name: 'contracts',
    description: 'Read contracts, their milestones and what they earned.',
    required: 'READ_WRITE',
    probe: 'contract_list',
    fallback: 'work_history',
    readLabels: ['Contract - Read and Write Access'],
    fallbackLabels: ['Talent Profile - Read And Write Access (public)'],
    writeLabels: ['Contract - Read and Write Access'],
    capabilities: ['READ_CONTRACTS', 'READ_MILESTONES', 'READ_EARNINGS'],
  },
];

/** Which scopes the connection has, as PRODUCT.md judges: reading by probes, writing granted until Upwork refuses a write. Undefined: nothing is connected. */
export function grantsOf(found: FoundScopes | undefined): ScopeGrant[] {
  return scopes.map((scope) => {
    const { name, description, required, capabilities } = scope;
    const granted = found ? grantedOf(scope, found) : 'NONE';
    const keyFormLabels = found ? labelsOf(scope, found) : [...new Set([...scope.readLabels, ...scope.writeLabels])];
    return { name, description, required, granted, keyFormLabels, capabilities };
  });
}

/** Scopes that were found to be missing, in whole or for writing. One that could not be asked about is not among them. */
export function missingScopes(found: FoundScopes): ScopeGrant[] {
  return grantsOf(found).filter(({ keyFormLabels }) => keyFormLabels.length > 0);
}

/** Probes that could not be answered so far. */
export function unansweredProbes(found: FoundScopes): boolean {
  return scopes.some(({ probe }) => found.probes[probe] === undefined);
}

/** What can be done. Undefined: nothing is connected. */
export function capabilitiesOf(found: FoundScopes | undefined): CapabilityStatus[] {
  const availability = (name: ScopeName, access: ScopeAccess): CapabilityStatus['availability'] => {
    const scope = scopes.find((entry) => entry.name === name);
    if (!found || !scope) return 'DISABLED';
    if (access === 'READ_WRITE' && found.refusedWrites.includes(name)) return 'MISSING_SCOPE';
    const result = found.probes[scope.probe];
    const other = scope.fallback && found.probes[scope.fallback];
    if (other === 'granted') return 'AVAILABLE';
    if (result === 'missing' || other === 'missing') return 'MISSING_SCOPE';
    return result === 'not_offered' ? 'NOT_OFFERED_BY_PLATFORM' : 'AVAILABLE';
  };
  const row = (capability: PlatformCapability, name: ScopeName, access: ScopeAccess = 'READ'): CapabilityStatus => ({
    capability,
    availability: availability(name, access),
    requiredScopes: [name],
  });
  return [
    row('READ_JOBS', 'job_search'),
    row('READ_PROPOSALS', 'proposals'),
    row('SUBMIT_PROPOSAL', 'proposals', 'READ_WRITE'),
    // No public mutation is known (FACTS §6).
    { capability: 'WITHDRAW_PROPOSAL', availability: 'NOT_OFFERED_BY_PLATFORM', requiredScopes: ['proposals'] },
    row('READ_CONTRACTS', 'contracts'),
    row('READ_MILESTONES', 'contracts'),
    row('READ_EARNINGS', 'contracts'),
    { capability: 'READ_MESSAGES', availability: 'DISABLED', requiredScopes: [] },
  ];
}

/** `found`, corrected by what Upwork said is missing (`Type.field` names, FACTS §3.1). The same object when it says nothing new. */
export function withMissing(found: FoundScopes, fields: readonly string[]): FoundScopes {
  const probes = { ...found.probes };
  const refused = new Set(found.refusedWrites);
  for (const field of fields) {
    const [, probe] = readFields.find(([pattern]) => pattern.test(field)) ?? [];
    const [, write] = writeFields.find(([pattern]) => pattern.test(field)) ?? [];
    if (probe) probes[probe] = 'missing';
    if (write) refused.add(write);
  }
  const changed =
    JSON.stringify(probes) !== JSON.stringify(found.probes) || refused.size !== found.refusedWrites.length;
  return changed ? { probes, refusedWrites: [...refused] } : found;
}

/** Only what stands for a whole scope: fields that their callers can do without are no reason to alarm anybody. */
const readFields: readonly [RegExp, ProbeName][] = [
  [/^Query\.marketplaceJobPosting/, 'job_search'],
  [/^(?:Money|PageInfo|DateTime)\./, 'job_search'],
  [/^Query\.vendorProposal/, 'proposals'],
  [/^Query\.(?:contractList|contractDetails|vendorContracts)$/, 'contract_list'],
  [/^Query\.talentWorkHistory$/, 'work_history'],
];
const writeFields: readonly [RegExp, ScopeName][] = [
  [/^Mutation\.createJobProposal$/, 'proposals'],
  [/^Mutation\.endContract/, 'contracts'],
];

function grantedOf(scope: Scope, { probes, refusedWrites }: FoundScopes): ScopeAccess {
  const result = probes[scope.probe];
  const other = scope.fallback && probes[scope.fallback];
  if (result === undefined) return 'NONE';
  if (result === 'missing') return other === 'granted' ? 'READ' : 'NONE';
  // "Authorization failed" speaks of the product tier: the scope itself is there, unless the way around it is missing one.
  if (result === 'not_offered' && other === 'missing') return 'NONE';
  return scope.required === 'READ' || refusedWrites.includes(scope.name) ? 'READ' : 'READ_WRITE';
}

function labelsOf(scope: Scope, { probes, refusedWrites }: FoundScopes): readonly string[] {
  if (probes[scope.probe] === 'missing') return [...new Set([...scope.readLabels, ...scope.writeLabels])];
  if (probes[scope.probe] === 'not_offered' && scope.fallback && probes[scope.fallback] === 'missing')
    return scope.fallbackLabels ?? [];
  return refusedWrites.includes(scope.name) ? scope.writeLabels : [];
}
