import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Configuration } from '../config.ts';
import type { Log } from '../log.ts';
import type { Fetch } from '../network.ts';
import type { Random } from '../random.ts';
import { createAccess } from './access/access.ts';
import { createAudit } from './audit/audit.ts';
import { createBudget } from './budget/budget.ts';
import { createCategories } from './categories/categories.ts';
import { nearestOf } from './categories/nearest.ts';
import { resolveCategories } from './categories/resolve.ts';
import { createConfiguration } from './configuration/create-configuration.ts';
import { createConnection } from './connection/connection.ts';
import { createContracts } from './contracts/create-contracts.ts';
import { createLeases } from './database/leases.ts';
import type { Database } from './database/model.ts';
import { createEventLog } from './events/log.ts';
import { createJobs } from './jobs/jobs.ts';
import type { Services } from './model.ts';
import { createConfigurationText } from './preferences/configuration-text.ts';
import type { Rules } from './preferences/keys/interpret.ts';
import type { KnownWords } from './preferences/keys/keys.ts';
import { createPreferences } from './preferences/preferences.ts';
import { createPreview } from './preview/preview.ts';
import { createProposals } from './proposals/proposals.ts';
import { createScanner } from './scanner/scanner.ts';
import { checkSearch, type SearchRules } from './searches/check-search.ts';
import { createSearches } from './searches/create-searches.ts';
import type { SecretStore } from './secrets/model.ts';
import { createSentinel } from './sentinel/sentinel.ts';
import { createSync } from './sync/create-sync.ts';
import { createSystem } from './system/system.ts';
import { startRescoring } from './upkeep/start-rescoring.ts';
import { startUpkeep } from './upkeep/start-upkeep.ts';
import { createUpworkContracts } from './upwork/calls/contract-calls.ts';
import { createUpworkProposals } from './upwork/calls/proposal-calls.ts';
import { createUpworkClient } from './upwork/client.ts';
import type { AnswerObserver, TokenSource } from './upwork/model.ts';
import { createUpworkOAuth } from './upwork/oauth/oauth.ts';
import { countryCode, countryNames } from './upwork/reading/country-code.ts';
import { createUpworkApi } from './upwork/transport/api.ts';

/** What the outside hands in. The caller closes `db` and `secrets`, after the services. */
export interface Outside {
  readonly configuration: Configuration;
  readonly db: Database;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly fetch: Fetch;
  readonly log: Log;
  readonly ownerToken: string;
  readonly version: string;
  /** Base of every link, without a slash at the end. Asked once the server listens. */
  readonly publicUrl: () => string;
}

/** The services and their life: nothing runs before `start`, nothing is left running after `close`. */
export interface RunningServices {
  readonly services: Services;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Between two syncs: often enough to notice an answer of a client, seldom enough for the budget of a day. */
const syncMs = { usual: 4 * 60 * 60_000, sandbox: 30_000 };

const deaf: AnswerObserver = { answered: () => {}, failed: () => {} };

/** The only wiring: reads as the list of what Prospector does. */
export function createServices(outside: Outside): RunningServices {
  const { configuration, db, secrets, clock, random, fetch, log, publicUrl } = outside;
  const { upwork: platform } = configuration;
  const userAgent = `Prospector/${outside.version}`;
  const leases = createLeases(db, clock, random);
  const audit = createAudit({ db, clock, random, log, secrets });
  const events = audit.recordEvents(createEventLog({ db, clock, random }));
  const access = audit.recordAccess(createAccess({ db, clock, random, ownerToken: outside.ownerToken }));
  const vocabulary: KnownWords & Pick<Rules, 'checkCriteria'> = {
    isSandbox: platform.isSandbox,
    labels: () => categories.labels(),
    nearest: nearestOf,
    countryCode,
    countryNames,
    checkCriteria: (criteria) => stored.jobs.checkCriteria(criteria),
  };
  const preferences = createPreferences({ ...vocabulary, db, file: configuration.preferencesFile, clock, log, events });
  const budget = createBudget({ db, clock, random, perDay: () => preferences.current().requestsPerDay });

  /** Upwork's limit is one for its address: the token endpoint counts too. */
  const paced =
    (send: Fetch): Fetch =>
    async (url, init) => {
      await budget.depart(init?.signal ?? undefined);
      return send(url, init);
    };
  const sentinel = createSentinel({ db, clock, log, events, searches: () => searches.all() });
  const apiWith = (tokens: TokenSource, observer: AnswerObserver) =>
    createUpworkApi({
      fetch,
      clock,
      random,
      log,
      graphqlUrl: platform.graphqlUrl,
      tokens,
      budget,
      observer,
      losses: sentinel.losses,
      userAgent,
    });
  const connection = createConnection({
    db,
    clock,
    random,
    log,
    events,
    secrets,
    leases,
    throttled: () => {
      const { throttledUntil: until, throttledBy: by } = budget.state();
      return until && by && { until, by };
    },
    oauth: createUpworkOAuth({ ...platform, fetch: paced(fetch), clock, userAgent }),
    clientWith: (tokens) => createUpworkClient({ api: apiWith(tokens, deaf), clock }),
    client: () => upwork,
    purgePlatformData: () => stored.jobs.purgeAll() + proposals.purgeAll() + contracts.purgeAll(),
    settings: {
      redirectUri: () => `${publicUrl()}/oauth/upwork/callback`,
      publicUrl,
      ...(platform.tenantId !== undefined && { tenantId: platform.tenantId }),
      ...(platform.credentials && { environmentCredentials: platform.credentials }),
    },
  });
  const api = apiWith(connection.tokens, connection.observer);
  const upwork = createUpworkClient({ api, clock, figures: sentinel.figures });
  const categories = createCategories({ db, clock, fetchTree: () => upwork.categories() });

  const stored = createJobs({
    db,
    events,
    clock,
    random,
    retentionMs: configuration.retentionMs,
    categoryNames: (names) => resolveCategories(names, categories.kept() ?? []).names,
    parentCategories: (names) => resolveCategories(names, categories.kept() ?? []).parents,
    categoryTree: categories.kept,
    nearest: nearestOf,
    savedSearch: (id) => searches.byId(id),
    scoreWeights: () => preferences.current().scoreWeights,
  });
  const unknownCategories: SearchRules['unknownCategories'] = (names) => {
    const tree = categories.kept();
    return tree ? resolveCategories(names, tree).unknown : [];
  };
  const searches = createSearches({
    db,
    events,
    clock,
    random,
    jobs: stored.jobs,
    explain: stored.explain,
    unknownCategories,
  });
  const configurations = createConfiguration({
    db,
    preferences,
    searches,
    text: createConfigurationText(vocabulary),
    checkSearch: (search, others) =>
      checkSearch(search, others, { ...stored.jobs, unknownCategories, isChannel: () => true }),
  });
  const preview = createPreview({
    db,
    clock,
    jobs: stored.jobs,
    explain: stored.explain,
    scoring: stored.scoring,
    preferences,
    searches,
    retentionMs: configuration.retentionMs,
  });
  const scanner = createScanner({
    db,
    clock,
    random,
    log,
    events,
    leases,
    budget,
    upwork,
    connection,
    preferences,
    resolveCategories: categories.resolve,
    intake: stored.intake,
    jobs: stored.jobs,
    searches,
    isSandbox: platform.isSandbox,
  });
  const proposals = createProposals({
    db,
    clock,
    random,
    log,
    events,
    jobs: stored.jobs,
    rememberJob: stored.rememberJob,
    upwork: createUpworkProposals(api, sentinel.figures),
    identity: () => upwork.identity(),
    connection,
    preferences,
    templatesFolder: join(configuration.home, 'templates'),
    feePercent: () => preferences.current().serviceFee,
  });
  const contracts = createContracts({
    db,
    clock,
    random,
    log,
    events,
    jobs: stored.jobs,
    proposalOfJob: (externalId) => {
      const job = stored.jobs.byExternalId(externalId);
      return job && proposals.ofJob(job.id)?.id;
    },
    upwork: createUpworkContracts(api, sentinel.figures),
    identity: () => upwork.identity(),
  });
  const sync = createSync({
    db,
    clock,
    log,
    leases,
    connection,
    proposals,
    contracts,
    intervalMs: platform.isSandbox ? syncMs.sandbox : syncMs.usual,
  });
  const system = createSystem({
    db,
    clock,
    secrets,
    connection,
    preferences,
    sentinel,
    version: outside.version,
    retentionMs: configuration.retentionMs,
  });

  let stops: (() => unknown)[] = [];
  return {
    services: {
      access,
      audit: audit.trail,
      budget,
      configuration: configurations,
      connection,
      contracts,
      events,
      jobs: stored.jobs,
      preferences,
      preview,
      proposals,
      scanner,
      searches,
      sentinel,
      sync,
      system,
      categories: categories.tree,
    },
    start: async () => {
      stops = [
        audit.start(configuration.retentionMs),
        events.watch(),
        preferences.watch(),
        startUpkeep({ clock, log, retention: stored.retention, proposals, events }),
        startRescoring({ preferences, scoring: stored.scoring, log }),
      ];
      await connection.start();
      scanner.start();
      proposals.start();
      sync.start();
    },
    close: async () => {
      const stopped = stops.map((stop) => stop());
      await Promise.all([scanner.close(), sync.close(), proposals.close(), ...stopped]);
      await connection.close();
    },
  };
}
