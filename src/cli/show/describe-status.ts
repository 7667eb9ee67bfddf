import type { PlatformStatus, ScopeGrant } from '../../client/operations/answers.ts';
import { clean, sentenceCase, withoutMilliseconds } from '../print.ts';

const scopeOrder = ['job_search', 'proposals', 'contracts'];
const accessNames: Readonly<Record<string, string>> = { READ: 'read', READ_WRITE: 'read/write' };

/**
 * The answer of `status`: the six lines of PRODUCT.md, exactly and first. A status other than CONNECTED adds `Problem:` and
 * `Next step:`; a connected one what is worth knowing besides.
 */
export function describeStatus(status: PlatformStatus): string {
  const lines = [
    `Platform: ${sentenceCase(status.platform)}`,
    `Status: ${sentenceCase(status.status)}`,
    `Account: ${status.account ? clean(status.account.displayName) : 'none'}`,
    `Scopes: ${describeScopes(status.scopes)}`,
    `Token expires: ${status.tokenExpiresAt ? withoutMilliseconds(status.tokenExpiresAt) : 'unknown'}`,
    `Last sync: ${status.lastSyncAt ? withoutMilliseconds(status.lastSyncAt) : 'never'}`,
  ];
  if (status.status !== 'CONNECTED') {
    lines.push(`Problem: ${clean(status.message)}`);
    lines.push(`Next step: ${clean(status.nextAction.command ?? status.nextAction.message)}`);
  }
  return [...lines, ...describeScanning(status), ...describeData(status)].join('\n');
}

/** Granted scopes as `job_search (read), proposals (read/write)`, or `none`. */
function describeScopes(scopes: readonly ScopeGrant[]): string {
  const rank = ({ name }: ScopeGrant) => (scopeOrder.includes(name) ? scopeOrder.indexOf(name) : scopeOrder.length);
  const granted = scopes
    .filter((scope) => scope.granted !== 'NONE')
    .sort((one, other) => rank(one) - rank(other))
    .map((scope) => `${clean(scope.name)} (${accessNames[scope.granted] ?? clean(scope.granted).toLowerCase()})`);
  return granted.length > 0 ? granted.join(', ') : 'none';
}

function describeScanning({ paused, nextScanAt, requestBudget }: PlatformStatus): string[] {
  const lines: string[] = [];
  if (paused) lines.push(`Scanning: paused since ${withoutMilliseconds(paused.since)} (${clean(paused.reason)})`);
  else if (nextScanAt) lines.push(`Next scan: ${withoutMilliseconds(nextScanAt)}`);
  lines.push(`Requests today: ${requestBudget.usedToday} of ${requestBudget.perDay}`);
  if (requestBudget.throttledUntil) {
    const why = requestBudget.throttledBy === 'BUDGET' ? "today's requests are spent" : 'Upwork asked for a pause';
    lines.push(`Throttled until: ${withoutMilliseconds(requestBudget.throttledUntil)} (${why})`);
  }
  return lines;
}

/** What Upwork no longer tells, and what that means. */
function describeData({ lostFields, fieldIncidents }: PlatformStatus): string[] {
  const lost = lostFields.map(({ path, since, figures, criteria, savedSearches }) => {
    const unknown = [...new Set([...figures, ...criteria])].map(clean).join(', ');
    const touched = savedSearches.map(({ name }) => clean(name)).join(', ');
    return [
      `Missing since ${withoutMilliseconds(since)}: ${clean(path)}`,
      ...(unknown === '' ? [] : [`unknown meanwhile: ${unknown}`]),
      ...(touched === '' ? [] : [`saved searches: ${touched}`]),
    ].join('; ');
  });
  const odd = fieldIncidents.map(({ message, since }) => `Odd since ${withoutMilliseconds(since)}: ${clean(message)}`);
  return [...lost, ...odd];
}
