import type { ConnectionStatus, NextAction } from '../model.ts';
import { missingScopes } from './scopes.ts';
import type { StatusFacts } from './status.ts';

const connect = 'ghoststack prospector connect upwork';

/** What a person should do now. `home`: where the dashboard is. */
export function nextAction(status: ConnectionStatus, facts: StatusFacts, home: string): NextAction {
  const { row, health, throttled, openFlow } = facts;
  const connecting = (action: NextAction): NextAction =>
    openFlow === undefined
      ? action
      : {
          kind: 'COMPLETE_AUTHORIZATION',
          message: `Allow access on the page of Upwork before ${new Date(openFlow.expiresAt).toISOString()}, or begin again.`,
          command: connect,
          url: home,
        };
  switch (status) {
    case 'SECRET_STORE_UNAVAILABLE':
      return {
        kind: 'UNSEAL_SECRET_STORE',
        message: health.available ? 'Wait a moment.' : health.nextAction,
        ...(!health.available && health.code === 'sealed' && { command: 'vault operator unseal' }),
      };
    case 'RESTRICTED':
      return {
        kind: 'WAIT',
        message:
          'Settle it with Upwork, then resume scanning: the next call shows whether the restriction still holds.',
        command: 'ghoststack prospector resume',
        url: home,
      };
    case 'CREDENTIALS_INVALID':
      return connecting({
        kind: 'CONFIGURE_CREDENTIALS',
        message: 'Connect again with the Client ID and the Client Secret that Upwork shows for the key.',
        command: connect,
        url: home,
      });
    case 'AUTH_EXPIRED':
      return connecting({
        kind: 'RECONNECT',
        message:
          row.expiredReason === 'SECRET_LOST'
            ? 'Put the deleted secret back and check the platform, or connect again; searches, history and cursors are kept.'
            : 'Connect again; searches, history and cursors are kept.',
        command: connect,
        url: home,
      });
    case 'WRONG_ACCOUNT':
      return connecting({
        kind: 'CONNECT',
        message: `Sign in at Upwork as the account of before, or accept the other one: ${connect} --allow-account-change.`,
        command: connect,
        url: home,
      });
    case 'CONNECTING':
    case 'DISCONNECTED':
      return connecting(
        facts.hasCredentials
          ? { kind: 'CONNECT', message: 'Connect your Upwork account.', command: connect, url: home }
          : {
              kind: 'CONFIGURE_CREDENTIALS',
              message: 'Connect with the Client ID and the Client Secret of your Upwork key.',
              command: connect,
              url: home,
            },
      );
    case 'RATE_LIMITED':
      return {
        kind: 'WAIT',
        message:
          throttled?.by === 'BUDGET'
            ? 'Calls go on by themselves. A longer `scan_interval` or a smaller `max_results_per_scan` makes the requests last; `requests_per_day` allows more.'
            : 'Calls go on by themselves. If it happens often, a longer `scan_interval` or a smaller `max_results_per_scan` asks less of Upwork.',
        ...(throttled && { notBefore: throttled.until.toISOString() }),
      };
    case 'INSUFFICIENT_SCOPES':
      return connecting({
        kind: 'GRANT_SCOPES',
        message: `Tick on Upwork’s key form: ${labels(facts)}. Then connect again, since a change of the key ends its tokens.`,
        command: connect,
        url: home,
      });
    case 'ERROR':
      return {
        kind: 'WAIT',
        message: 'Prospector goes on trying. If it stays, ask for a fresh look, and see the log of the server.',
        command: 'ghoststack prospector status',
        url: home,
      };
    case 'CONNECTED':
      return { kind: 'NONE', message: 'Nothing to do.' };
  }
}

function labels({ row }: StatusFacts): string {
  return [...new Set(missingScopes(row.scopes).flatMap(({ keyFormLabels }) => keyFormLabels))].join('; ');
}
