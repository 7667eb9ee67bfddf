import { randomBytes } from 'node:crypto';
import { createClock, type WorldClock } from './clock.ts';
import { createFaults, type Faults } from './control/faults.ts';
import { createJournal, type Journal } from './control/journal.ts';
import { createContractQueries } from './graphql/contract-queries.ts';
import type { RootFields } from './graphql/graphql-endpoint.ts';
import { createIdentityQueries } from './graphql/identity-queries.ts';
import { createJobQueries } from './graphql/job-queries.ts';
import { createProposalQueries } from './graphql/proposal-queries.ts';
import { type AuthorizeEndpoint, createAuthorizeEndpoint } from './oauth/authorize-endpoint.ts';
import type { ApiKey } from './oauth/token-endpoint.ts';
import { createTokens, type Tokens } from './oauth/tokens.ts';
import { createRandom } from './random.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { createLife, type Life } from './world/life.ts';
import { createWorld, type World } from './world/world.ts';

/** What a sandbox starts with; everything has a default. */
export interface MarketplaceOptions {
  /** The same seed and `now` give the same postings. */
  seed?: number | string;
  /** Postings of the last three days that are already there. */
  backlog?: number;
  /** 0: none appear by themselves. */
  postingsPerMinute?: number;
  autoApprove?: boolean;
  /** World time at the start. */
  now?: Date;
  /** False: world time stands still until it is advanced. */
  running?: boolean;
}

/** Everything that is pretended, without a socket. */
export interface Marketplace {
  key: ApiKey;
  settings: Settings;
  clock: WorldClock;
  world: World;
  life: Life;
  tokens: Tokens;
  authorize: AuthorizeEndpoint;
  faults: Faults;
  journal: Journal;
  roots: RootFields;
  /** Lets everything happen that was due by now. */
  catchUp(): void;
}

/** A marketplace with a fresh key, a backlog and nobody connected. */
export function createMarketplace(options: MarketplaceOptions, key: ApiKey = createKey()): Marketplace {
  const settings = { ...defaultSettings(), autoApprove: options.autoApprove ?? false };
  const clock = createClock(options.now, options.running);
  const random = createRandom(String(options.seed ?? 1));
  const world = createWorld(clock, random.fork('world'), options.backlog ?? 120, options.postingsPerMinute ?? 30);
  const tokens = createTokens(clock, settings);
  const life = createLife(clock, random.fork('life'), world, settings);
  const roots: RootFields = {
    ...createIdentityQueries(),
    ...createJobQueries(world, settings, ({ account }, { id }) =>
      life.list().some((proposal) => proposal.account === account.key && proposal.postingId === id),
    ),
    ...createProposalQueries(world, life, settings),
    ...createContractQueries(world, life.contracts, settings),
  };
  return {
    key,
    settings,
    clock,
    world,
    life,
    tokens,
    authorize: createAuthorizeEndpoint(key.clientId, settings, tokens),
    faults: createFaults(),
    journal: createJournal(),
    roots,
    catchUp: () => {
      world.catchUp();
      life.catchUp();
    },
  };
}

/** Ids and secrets have the length of real ones. */
function createKey(): ApiKey {
  return { clientId: randomBytes(16).toString('hex'), clientSecret: randomBytes(8).toString('hex') };
}
