import type { Command } from 'commander';
import { apiTokens, createApiToken, revokeApiToken } from '../../../client/operations/access-operations.ts';
import type { ApiToken } from '../../../client/operations/answers.ts';
import { openSession } from '../../asking/session.ts';
import { refuseErrors } from '../../exit.ts';
import { apiScopes } from '../../options/choices.ts';
import { parseChoices } from '../../options/parse-options.ts';
import { clean, table, withoutMilliseconds } from '../../print.ts';
import type { Shell } from '../../shell.ts';

/** `tokens list|create|revoke`: Prospector's own API tokens. */
export function registerTokens(program: Command, shell: Shell): void {
  const tokens = program.command('tokens').description("Lists, makes and revokes Prospector's own API tokens.");
  registerList(tokens, shell);
  registerCreate(tokens, shell);
  registerRevoke(tokens, shell);
}

function registerList(tokens: Command, shell: Shell): void {
  tokens
    .command('list')
    .description('Lists tokens; their secrets are never shown again.')
    .option('--all', 'revoked ones too')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector tokens list')
    .action(async ({ all = false }: { all?: boolean }, command: Command) => {
      const session = openSession(command, shell);
      const answer = await session.client.ask(apiTokens, { includeRevoked: all });
      session.print(answer, describeTokens(answer.apiTokens));
    });
}

function registerCreate(tokens: Command, shell: Shell): void {
  tokens
    .command('create')
    .description('Makes a token and prints its secret, once.')
    .argument('<name>', 'what it is for')
    .requiredOption('--scope <scopes>', `with commas: ${Object.keys(apiScopes).join(', ')}`, parseChoices(apiScopes))
    .option('--expires-in <length>', 'e.g. P30D or 24h (default: never)')
    .addHelpText(
      'after',
      '\nExample:\n  $ ghoststack prospector tokens create "feed reader" --scope read --expires-in P90D',
    )
    .action(async (name: string, options: { scope: string[]; expiresIn?: string }, command: Command) => {
      const session = openSession(command, shell);
      const input = { name, scopes: options.scope, ...(options.expiresIn ? { expiresIn: options.expiresIn } : {}) };
      const { createApiToken: payload } = await session.client.ask(createApiToken, { input });
      refuseErrors(payload);
      session.print(payload, clean(payload.secret ?? ''));
      session.note('This is the only time the token is shown. Keep it like a password.');
    });
}

function registerRevoke(tokens: Command, shell: Shell): void {
  tokens
    .command('revoke')
    .description('Revokes a token; its subscriptions end within 5 seconds.')
    .argument('<id>', 'id of the token, as "tokens list" shows it')
    .addHelpText('after', '\nExample:\n  $ ghoststack prospector tokens revoke token_01JD…')
    .action(async (id: string, _options: object, command: Command) => {
      const session = openSession(command, shell);
      const { revokeApiToken: payload } = await session.client.ask(revokeApiToken, { input: { apiTokenId: id } });
      refuseErrors(payload);
      session.print(payload, `Revoked: ${clean(payload.apiToken?.name ?? id)}`);
    });
}

function describeTokens(tokens: readonly ApiToken[]): string {
  if (tokens.length === 0) return 'No tokens.';
  const time = (instant: string | null) => (instant ? withoutMilliseconds(instant) : 'never');
  return table(
    ['ID', 'NAME', 'STARTS', 'SCOPES', 'LAST USED', 'EXPIRES', 'REVOKED'],
    tokens.map((token) => [
      token.id,
      token.name,
      token.prefix,
      token.scopes.join(',').toLowerCase(),
      time(token.lastUsedAt),
      time(token.expiresAt),
      token.revokedAt ? time(token.revokedAt) : '–',
    ]),
  );
}
