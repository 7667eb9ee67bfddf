/** The face of each room whose face does not carry the room's own name. One line a room. */
export const faces: Record<string, string> = {
  'src/resolvers': 'index',
  'src/services/connection/flow': 'flows',
  'src/services/database': 'open',
  'src/services/events': 'log',
  'src/services/scanner/fetching': 'fetch-postings',
  'src/services/scanner/storing': 'store-postings',
  'src/services/scanner/running': 'run-scan',
  'src/services/scanner/requests': 'scan-requests',
  'src/services/secrets': 'open-secret-store',
  'src/services/secrets/embedded': 'open-embedded-store',
  'src/services/secrets/vault': 'open-vault-store',
  'src/services/secrets/vault/login': 'session',
  'src/services/proposals/drafting': 'drafts',
  'src/services/proposals/submitting': 'submit',
  'src/services/jobs/listing': 'job-list',
  'src/services/jobs/score': 'scoring',
  'src/services/upwork/transport': 'api',
};

/** Folders of files that stand side by side: each may be imported by itself. */
export const shelves: RegExp[] = [
  /^src$/,
  /^src\/services$/,
  /^src\/services\/paging$/,
  /^src\/services\/jobs\/text$/,
  /^src\/services\/connection\/records$/,
  /^src\/services\/upwork\/(?:reading|calls)$/,
  /^src\/services\/preferences\/yaml$/,
  /^src\/server\/http$/,
  /^sandbox$/,
  /^sandbox\/(?:graphql|world|oauth|control)$/,
  /^sandbox\/vault(?:\/|$)/,
  /^src\/schema(?:\/|$)/,
  /^src\/resolvers\/.+/,
  /^src\/cli(?:\/|$)/,
  /^src\/client\/operations$/,
];
