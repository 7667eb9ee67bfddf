/** Names of the types that are nodes, by the prefix of their ids. */
const typesByPrefix = {
  job: 'Job',
  scan: 'Scan',
  search: 'SavedSearch',
  flow: 'ConnectionFlow',
  proposal: 'Proposal',
  contract: 'Contract',
  milestone: 'Milestone',
  tok: 'ApiToken',
  platform: 'PlatformStatus',
  preferences: 'ScanPreferences',
  audit: 'AuditEntry',
} as const;

/** Name of a type that is a node. */
export type NodeType = (typeof typesByPrefix)[keyof typeof typesByPrefix];

/** The type an id belongs to by its prefix; undefined where no type has such ids. */
export function nodeTypeOf(id: string): NodeType | undefined {
  const prefix = id.slice(0, Math.max(0, id.indexOf('_')));
  return Object.hasOwn(typesByPrefix, prefix) ? typesByPrefix[prefix as keyof typeof typesByPrefix] : undefined;
}
