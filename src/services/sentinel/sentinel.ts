import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../database/model.ts';
import type { EventLog } from '../events/model.ts';
import type { SavedSearch } from '../searches/model.ts';
import { createFigures, type IncidentRow } from './keep-figures.ts';
import { createLosses } from './keep-losses.ts';
import type { FieldChange, FieldIncident, Sentinel } from './model.ts';
import { whatIsLost } from './what-is-lost.ts';

/** What the sentinel needs. `searches`: the saved ones, asked anew each time. */
export interface SentinelDeps {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly events: Pick<EventLog, 'append' | 'announce'>;
  readonly searches: () => readonly SavedSearch[];
}

/** Id of the platform's node: what is lost or has changed is told of it. */
const subjectId = 'platform_upwork';

/** Watches what Upwork's answers are made of, and tells other clients when that changes: NODE_CHANGED of the platform. */
export function createSentinel({ db, clock, log, events, searches }: SentinelDeps): Sentinel {
  const tell = (field: string) => ({
    changed: () => void events.append({ type: 'NODE_CHANGED', subjectId, change: 'UPDATED', changed: [field] }),
    told: events.announce,
  });
  const losses = createLosses(db, clock, log, tell('lostFields'));
  const figures = createFigures(db, clock, tell('fieldIncidents'));
  return {
    losses,
    figures,
    lost: () =>
      losses.all().map(({ operation, path, since, said }) => {
        const { figures: names, criteria } = whatIsLost(path);
        const touched = searches().filter((search) => search.enabled && criteria.some((name) => isSet(search, name)));
        return { operation, path, since: new Date(since), said, figures: names, criteria, searches: touched };
      }),
    incidents: () => figures.incidents().map(incidentOf),
    days: figures.days,
  };
}

function isSet({ criteria }: SavedSearch, name: string): boolean {
  const key = name === 'maximumAge' ? 'maximumAgeMs' : name;
  return criteria[key as keyof typeof criteria] !== undefined;
}

const sentences: Readonly<Record<FieldChange, string>> = {
  WITHHELD: 'comes empty far more often than before',
  UNREADABLE: 'comes in a form Prospector cannot read',
  UNKNOWN: 'comes with a word Prospector does not know',
};

function incidentOf({ field, change, since, example }: IncidentRow): FieldIncident {
  const shown = example === null ? '' : `, such as ${example}`;
  return {
    field,
    change,
    since: new Date(since),
    ...(example !== null && { example }),
    message: `\`${field}\` ${sentences[change]}${shown}. What rests on it is unknown meanwhile.`,
  };
}
