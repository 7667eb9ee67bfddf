import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Settings } from '../../../../sandbox/settings.ts';
import type { PostingFields } from '../../../../sandbox/world/posting.ts';
import { systemFetch } from '../../../../src/network.ts';
import { systemRandom } from '../../../../src/random.ts';
import type { CapabilityStatus } from '../../../../src/services/connection/model.ts';
import { createContracts } from '../../../../src/services/contracts/create-contracts.ts';
import { createEventLog } from '../../../../src/services/events/log.ts';
import { createJobs } from '../../../../src/services/jobs/jobs.ts';
import type { Posting } from '../../../../src/services/jobs/model.ts';
import { createProposals } from '../../../../src/services/proposals/proposals.ts';
import { createUpworkContracts } from '../../../../src/services/upwork/calls/contract-calls.ts';
import { createUpworkProposals } from '../../../../src/services/upwork/calls/proposal-calls.ts';
import { createUpworkClient } from '../../../../src/services/upwork/client.ts';
import { createUpworkApi } from '../../../../src/services/upwork/transport/api.ts';
import { createTestClock } from '../../../support/clock.ts';
import { createTestDatabase } from '../../../support/database.ts';
import { keepLosses } from '../../../support/losses.ts';
import { visit } from '../../sandbox/visitor.ts';

/** Proposals and contracts over a real database, the real adapter and the sandbox, at a clock of their own. */
export async function openRig(settings: Partial<Settings> = {}) {
  const clock = createTestClock(new Date('2026-01-05T12:00:00Z'));
  const visitor = await visit({ now: clock.now() });
  // Life is what the tests make it, and tokens are not what is tested here.
  visitor.sandbox.control.set({ lifePace: 'off', accessTokenSeconds: 1_000_000_000, ...settings });
  const { body } = await visitor.signIn();
  const db = createTestDatabase(clock);
  const folder = mkdtempSync(join(tmpdir(), 'prospector-templates-'));
  const log = pino({ level: 'silent' });
  const events = createEventLog({ db, clock, random: systemRandom });
  const stored = createJobs({ db, clock, random: systemRandom, retentionMs: 86_400_000 });
  const status = {
    connectsBalance: 100 as number | undefined,
    account: { displayName: 'Jane F.' },
    capabilities: [] as CapabilityStatus[],
  };
  const preferences: { connectsPerDay?: number; connectsWarning?: number } = {};
  const api = createUpworkApi({
    fetch: systemFetch,
    // Sockets live in real time; waiting for a second try is not what is tested here.
    clock: { ...clock, sleep: () => Promise.resolve() },
    random: systemRandom,
    log,
    graphqlUrl: visitor.sandbox.graphqlUrl,
    tokens: {
      token: async () => ({ value: String(body.access_token), expiresAt: new Date('2027-01-01') }),
      replace: async (rejected) => rejected,
    },
    budget: { take: async () => {}, throttled: () => clock.now(), eased: () => {} },
    observer: { answered: () => {}, failed: () => {} },
    losses: keepLosses(),
    userAgent: 'Prospector/test',
  });
  const client = createUpworkClient({ api, clock });
  const options = {
    db,
    clock,
    random: systemRandom,
    log,
    events,
    jobs: stored.jobs,
    rememberJob: stored.rememberJob,
    upwork: createUpworkProposals(api),
    identity: () => client.identity(),
    connection: { status: () => status as never },
    preferences: { current: () => preferences as never },
    templatesFolder: join(folder, 'templates'),
    feePercent: () => '10',
  };
  const proposals = createProposals(options);
  const contracts = createContracts({
    db,
    clock,
    random: systemRandom,
    log,
    events,
    jobs: stored.jobs,
    proposalOfJob: (externalId) => {
      const job = stored.jobs.byExternalId(externalId);
      return job && proposals.ofJob(job.id)?.id;
    },
    upwork: createUpworkContracts(api),
    identity: () => client.identity(),
  });
  return {
    clock,
    control: visitor.sandbox.control,
    db,
    events,
    jobs: stored.jobs,
    proposals,
    contracts,
    status,
    preferences,
    /** The same service as a process that started anew on this database would have it. */
    again: () => createProposals(options),
    /** Moves both clocks. */
    advance: async (ms: number) => {
      visitor.sandbox.control.setClock({ advanceMs: ms });
      await clock.advance(ms);
    },
    template: (name: string, text: string) => {
      mkdirSync(join(folder, 'templates'), { recursive: true });
      writeFileSync(join(folder, 'templates', `${name}.md`), text);
    },
    /** A posting in the sandbox, read and stored as a scan would. */
    job: async (fields: PostingFields = {}) => {
      const { id } = visitor.sandbox.control.post({ questions: [], jobType: 'HOURLY', ...fields });
      const page = await client.search({}, { first: 100, after: '0' }, { purpose: 'SCAN' });
      const posting = page.postings.find((entry) => entry.externalId === id) as Posting;
      db.transaction(() => stored.intake.store([posting], undefined));
      const job = stored.jobs.byExternalId(id);
      if (!job) throw new Error('The posting was not stored.');
      return job;
    },
    [Symbol.asyncDispose]: async () => {
      proposals.close();
      db[Symbol.dispose]();
      rmSync(folder, { recursive: true });
      await visitor[Symbol.asyncDispose]();
    },
  };
}

export type Rig = Awaited<ReturnType<typeof openRig>>;

/** A draft that nothing stops. */
export async function readyDraft(rig: Rig, fields: PostingFields = {}) {
  const job = await rig.job(fields);
  const { proposal } = await rig.proposals.createDraft({
    jobId: job.id,
    coverLetter: 'Three such APIs in 2025.',
    terms: { rate: '55' },
  });
  return { job, proposal };
}

/** What a caller sees of a refusal: code and message of each failure. */
export async function refusal(work: () => unknown): Promise<{ code: string; message: string; path?: string[] }[]> {
  try {
    await work();
  } catch (error) {
    return (error as { failures: { code: string; message: string; path?: string[] }[] }).failures;
  }
  throw new Error('Nothing was refused.');
}
