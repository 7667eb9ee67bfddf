import { expect, it } from 'vitest';
import { mutationTable } from '../../../src/resolvers/audit/mutation-table.ts';
import { schema } from '../../../src/resolvers/index.ts';
import { type App, startApp } from '../../support/app.ts';

/*
 * The table of mutations, their events and their audit entries, held against the running server: each mutation is done once, in an order in which
 * each finds what it needs, and what it left in the event log and in the audit trail is compared with its row.
 */

/** What earlier mutations left for later ones. */
const made: Record<string, string> = {};

function keep(name: string, id: string | undefined): string {
  made[name] = id ?? '';
  return made[name];
}

type Input = Record<string, unknown> | undefined;

/** A job that a scan has found. */
async function findJob(app: App, name: string): Promise<void> {
  const { id } = app.sandbox.control.post({ questions: [], jobType: 'HOURLY' });
  await app.scan();
  const query = 'query ($id: String!) { jobByExternalId(externalId: $id) { id } }';
  made[name] = (await app.data(query, { id })).jobByExternalId.id;
}

async function draft(app: App, name: string): Promise<void> {
  await findJob(app, `${name} job`);
  const { createProposalDraft } = await app.data(
    'mutation ($input: CreateProposalDraftInput!) { createProposalDraft(input: $input) { proposal { id contentHash } } }',
    { input: { jobId: made[`${name} job`], coverLetter: 'Three such APIs.', terms: { rate: '55' } } },
  );
  made[name] = createProposalDraft.proposal.id;
  made[`${name} hash`] = createProposalDraft.proposal.contentHash;
}

/** A flow that is open, and where its consent page sends the browser. */
async function openFlow(app: App): Promise<void> {
  const { connectUpwork } = await app.data(
    'mutation { connectUpwork(input: { force: true }) { authorizationUrl flow { id } } }',
  );
  made['flow'] = connectUpwork.flow.id;
  const page = await fetch(connectUpwork.authorizationUrl, { redirect: 'manual' });
  made['callback'] = page.headers.get('location') ?? '';
}

interface Deed {
  readonly mutation: string;
  /** What must be there first; it leaves events of its own. */
  readonly before?: (app: App) => Promise<void>;
  readonly input?: () => Input;
  /** The code of its refusal, where it is never done. */
  readonly refused?: string;
  /** What to read of the payload, beside its errors. */
  readonly read?: string;
  /** Waits until what it set going has ended, where its event comes later. */
  readonly after?: (app: App) => Promise<void>;
  /** The id its entry names. */
  readonly subject?: (payload: Record<string, { id: string }>) => string | undefined;
}

const deeds: readonly Deed[] = [
  { mutation: 'updateScanPreferences', input: () => ({ maxResultsPerScan: 40 }), subject: () => 'preferences_upwork' },
  { mutation: 'resetScanPreferences', subject: () => 'preferences_upwork' },
  {
    mutation: 'updateJob',
    // The preferences were reset: without a criterion nothing is scanned.
    before: async (app) => {
      await app.data('mutation { updateScanPreferences(input: {scanEverything: true}) { errors { code } } }');
      await findJob(app, 'job');
    },
    input: () => ({ jobId: made['job'], notes: 'Ask for the brief' }),
    subject: () => made['job'],
  },
  { mutation: 'triageJobs', input: () => ({ jobIds: [made['job']], triage: 'SHORTLISTED' }) },
  {
    mutation: 'createSavedSearch',
    input: () => ({ name: 'Okapis', criteria: { keywords: ['okapi'] } }),
    read: 'savedSearch { id }',
    subject: ({ savedSearch }) => keep('search', savedSearch?.id),
  },
  {
    mutation: 'updateSavedSearch',
    input: () => ({ savedSearchId: made['search'], notify: false }),
    subject: () => made['search'],
  },
  { mutation: 'deleteSavedSearch', input: () => ({ savedSearchId: made['search'] }), subject: () => made['search'] },
  {
    mutation: 'createProposalDraft',
    input: () => ({ jobId: made['job'], coverLetter: 'Three such APIs.', terms: { rate: '55' } }),
    read: 'proposal { id }',
    subject: ({ proposal }) => keep('proposal', proposal?.id),
  },
  {
    mutation: 'updateProposalDraft',
    input: () => ({ proposalId: made['proposal'], coverLetter: 'Four.' }),
    subject: () => made['proposal'],
  },
  { mutation: 'deleteProposalDraft', input: () => ({ proposalId: made['proposal'] }), subject: () => made['proposal'] },
  {
    mutation: 'submitProposal',
    before: (app) => draft(app, 'sent'),
    input: () => ({ proposalId: made['sent'], contentHash: made['sent hash'], idempotencyKey: 'once' }),
    subject: () => made['sent'],
  },
  {
    mutation: 'withdrawProposal',
    refused: 'CAPABILITY_UNSUPPORTED',
    input: () => ({ proposalId: made['sent'] }),
    subject: () => made['sent'],
  },
  {
    mutation: 'markProposalSubmitted',
    before: (app) => draft(app, 'marked'),
    input: () => ({ proposalId: made['marked'] }),
    subject: () => made['marked'],
  },
  {
    mutation: 'runScan',
    read: 'scan { id }',
    after: (app) => app.scanned(),
    subject: ({ scan }) => keep('scan', scan?.id),
  },
  {
    mutation: 'cancelScan',
    before: async (app) => {
      app.sandbox.control.fail({ target: 'graphql', kind: 'slow', delayMs: 5_000 });
      const { runScan } = await app.data('mutation { runScan { scan { id } } }');
      made['scan'] = runScan.scan.id;
    },
    input: () => ({ scanId: made['scan'] }),
    after: (app) => app.scanned(),
    subject: () => made['scan'],
  },
  { mutation: 'pauseScanning', subject: () => 'platform_upwork' },
  { mutation: 'resumeScanning', subject: () => 'platform_upwork' },
  {
    mutation: 'createApiToken',
    input: () => ({ name: 'reader', scopes: ['READ'] }),
    read: 'apiToken { id }',
    subject: ({ apiToken }) => keep('token', apiToken?.id),
  },
  { mutation: 'revokeApiToken', input: () => ({ apiTokenId: made['token'] }), subject: () => made['token'] },
  { mutation: 'createLoginLink', read: 'expiresAt' },
  {
    mutation: 'importConfiguration',
    input: () => ({ yaml: "platforms:\n  upwork:\n    keywords: ['gnu']\n", dryRun: false }),
  },
  { mutation: 'checkPlatform', subject: () => 'platform_upwork' },
  { mutation: 'syncPlatform', subject: () => 'platform_upwork' },
  {
    mutation: 'connectUpwork',
    input: () => ({ force: true }),
    read: 'flow { id }',
    subject: ({ flow }) => keep('flow', flow?.id),
  },
  { mutation: 'cancelConnectionFlow', input: () => ({ flowId: made['flow'] }), subject: () => made['flow'] },
  { mutation: 'disconnectPlatform', subject: () => 'platform_upwork' },
  {
    mutation: 'completeUpworkConnection',
    before: openFlow,
    input: () => ({ callbackUrl: made['callback'] }),
    subject: () => made['flow'],
  },
];

/** Does one, and says what it left in the log and in the trail, beside what its row says it leaves. */
async function perform(app: App, { mutation, ...deed }: Deed) {
  const row = mutationTable[mutation];
  if (!row) expect.fail(`${mutation} has no row`);
  await deed.before?.(app);
  const { system } = await app.data('{ system { latestEventCursor } }');
  const input = deed.input?.();
  const type = schema.getMutationType()?.getFields()[mutation]?.args[0]?.type;
  const hasErrors = mutation !== 'createLoginLink';
  const { [mutation]: payload } = await app.data(
    `mutation ${input ? `($input: ${type})` : ''} {
      ${mutation}${input ? '(input: $input)' : ''} { ${deed.read ?? ''} ${hasErrors ? 'errors { code message }' : ''} }
    }`,
    input && { input },
  );
  const codes = (payload.errors ?? []).map(({ code }: { code: string }) => code);
  expect({ mutation, codes, errors: payload.errors }).toEqual({
    mutation,
    codes: deed.refused ? [deed.refused] : [],
    errors: payload.errors,
  });
  await deed.after?.(app);
  const { events, auditLog } = await app.data(
    `query ($after: String!, $actions: [String!]) {
      events(after: $after) { nodes { type } }
      auditLog(filter: { actions: $actions }, first: 1) {
        nodes { actor { kind name } action outcome requestId subject { id } details }
      }
    }`,
    { after: system.latestEventCursor, actions: [row.action] },
  );
  const types = new Set(events.nodes.map((event: { type: string }) => event.type));
  const subject = mutation.startsWith('delete') ? undefined : deed.subject?.(payload);
  return {
    left: { mutation, missing: row.events.filter((type) => !types.has(type)), entry: auditLog.nodes[0] },
    wanted: {
      mutation,
      missing: [],
      entry: {
        actor: { kind: 'API_TOKEN', name: 'owner' },
        action: row.action,
        outcome: deed.refused ? 'refused' : 'done',
        requestId: expect.any(String),
        subject: subject === undefined ? null : { id: subject },
        details: expect.objectContaining(input ? { given: expect.arrayContaining(Object.keys(input)) } : {}),
      },
    },
  };
}

it('19.R, 10.10 every mutation leaves the events and the audit entry that the table says', async () => {
  await using app = await startApp({ connected: true });
  app.sandbox.control.set({ contracts: 'allowed', lifePace: 'off' });
  const told = [];
  for (const deed of deeds) told.push(await perform(app, deed));
  expect(told.map(({ left }) => left)).toEqual(told.map(({ wanted }) => wanted));
  expect(deeds.map(({ mutation }) => mutation).sort()).toEqual(Object.keys(mutationTable).sort());
  const { auditLog } = await app.data('{ auditLog(first: 100) { nodes { details } } }');
  expect(JSON.stringify(auditLog)).not.toContain('Ask for the brief');
}, 60_000);

it('19.R what was refused is written down with its codes, and callers nobody knows leave nothing', async () => {
  await using app = await startApp();
  await app.ask('mutation { updateJob(input: { jobId: "job_none", triage: DISMISSED }) { errors { code } } }');
  const anonymous = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'mutation { pauseScanning { errors { code } } }' }),
  });
  expect(await anonymous.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  const { auditLog } = await app.data('{ auditLog { totalCount nodes { action outcome details } } }');
  expect(auditLog).toEqual({
    totalCount: 1,
    nodes: [
      {
        action: 'job.updated',
        outcome: 'refused',
        details: { codes: ['NOT_FOUND'], given: ['jobId', 'triage'], triage: 'DISMISSED' },
      },
    ],
  });
});

it('19.R log-ins, log-outs and exports are written down; guesses make one entry a minute', async () => {
  await using app = await startApp();
  const logIn = (token: string) =>
    fetch(`${app.url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: app.url },
      body: JSON.stringify({ token }),
    });
  for (const guess of ['prs_a', 'prs_b', 'prs_c']) expect((await logIn(guess)).status).toBe(401);
  const opened = await logIn(app.token);
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const closed = await fetch(`${app.url}/logout`, { method: 'POST', headers: { cookie, origin: app.url } });
  expect([opened.status, closed.status]).toEqual([204, 204]);
  await app.data('{ exportConfiguration }');
  const { auditLog } = await app.data(
    '{ auditLog(last: 10) { nodes { actor { kind name } action outcome subject { id } details } } }',
  );
  const person = { kind: 'DASHBOARD', name: 'owner' };
  expect(auditLog.nodes.toReversed()).toEqual([
    {
      actor: { kind: 'DASHBOARD', name: 'unknown' },
      action: 'session.opened',
      outcome: 'refused',
      subject: null,
      details: { attempts: 1 },
    },
    { actor: person, action: 'session.opened', outcome: 'done', subject: { id: 'tok_owner' }, details: {} },
    { actor: person, action: 'session.closed', outcome: 'done', subject: { id: 'tok_owner' }, details: {} },
    {
      actor: { kind: 'API_TOKEN', name: 'owner' },
      action: 'configuration.exported',
      outcome: 'done',
      subject: null,
      details: {},
    },
  ]);
});
