import type { ConfigurationPlan } from '../../client/operations/filter-answers.ts';
import { importConfiguration } from '../../client/operations/filter-operations.ts';
import { RefusedError, refuseErrors, UsageError } from '../exit.ts';
import { clean, cleanBlock, toJson } from '../print.ts';
import type { Session } from './session.ts';

/** How a configuration is put in force. */
export interface ApplyOptions {
  /** Without being asked. */
  yes?: boolean;
  /** Show the plan and stop. */
  dryRun?: boolean;
}

/** Asks the server what a text would change. */
export async function planConfiguration({ client }: Session, yaml: string): Promise<ConfigurationPlan> {
  return (await client.ask(importConfiguration, { input: { yaml, dryRun: true } })).importConfiguration;
}

/**
 * Shows what a text changes, asks, and puts it in force.
 * @throws UsageError where nobody is there to ask; RefusedError for a no, and for what the server refuses
 */
export async function applyConfiguration(session: Session, yaml: string, options: ApplyOptions): Promise<void> {
  const plan = await planConfiguration(session, yaml);
  refuseErrors(plan);
  session.warn(plan.warnings);
  if (plan.changes.length === 0) return session.print(plan, 'Nothing changes.');
  const changes = describeChanges(plan);
  if (options.dryRun) return session.print(plan, changes);
  if (!options.yes) await confirmPlan(session, changes, plan.changes.length);
  const { importConfiguration: done } = await session.client.ask(importConfiguration, {
    input: { yaml, dryRun: false },
  });
  refuseErrors(done);
  session.print(done, describeChanges(done));
  session.note(`Changed: ${done.changes.length}`);
}

async function confirmPlan({ shell }: Session, changes: string, count: number): Promise<void> {
  if (!shell.isTTY)
    throw new UsageError(
      'Nobody is there to confirm. Add --dry-run to see the changes, or --yes to make them without being asked.',
    );
  shell.err(`${changes}\n`);
  if (await shell.confirm(`Make ${count === 1 ? 'this change' : `these ${count} changes`}?`)) return;
  throw new RefusedError([{ code: 'NOT_CONFIRMED', message: 'Nothing was changed.' }]);
}

/** A line for each change: `+` what comes, `-` what goes, `~` what becomes something else. */
export function describeChanges({ changes }: ConfigurationPlan): string {
  return changes
    .map(({ path, before, after }) => {
      if (before === null) return `+ ${clean(path)}: ${valueText(after)}`;
      if (after === null) return `- ${clean(path)}: ${valueText(before)}`;
      return `~ ${clean(path)}: ${valueText(before)} → ${valueText(after)}`;
    })
    .join('\n');
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? clean(value) : cleanBlock(toJson(value));
}
