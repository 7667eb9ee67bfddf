import type { Command } from 'commander';
import {
  addClearOption,
  addCriteriaOptions,
  type CriteriaOptions,
  criteriaInputOf,
  named,
} from './criteria-options.ts';

/** What a saved search is made with. */
export interface NewSearchOptions extends CriteriaOptions {
  query?: string;
  scan?: boolean;
  notify?: boolean;
}

/** What a saved search is changed with; `query: false` takes the text away. */
export interface SearchChangeOptions extends CriteriaOptions {
  name?: string;
  query?: string | false;
  scan?: boolean;
  notify?: boolean;
  enable?: boolean;
  disable?: boolean;
}

const textHelp = 'full text: words, "phrases", prefix*, -without, OR';

/** Adds the options of `searches create`. */
export function addNewSearchOptions(command: Command): Command {
  return addCriteriaOptions(
    command
      .option('--query <text>', textHelp)
      .option('--scan', 'also ask it of Upwork at every scan; costs requests')
      .option('--no-notify', 'do not announce jobs that match nothing else'),
  );
}

/** Adds the options of `searches update`. */
export function addSearchChangeOptions(command: Command): Command {
  return addClearOption(
    addCriteriaOptions(
      command
        .option('--name <name>', 'call it so')
        .option('--query <text>', textHelp)
        .option('--no-query', 'without a text')
        .option('--scan', 'also ask it of Upwork at every scan; costs requests')
        .option('--no-scan', 'judge only what is read anyway')
        .option('--notify', 'announce jobs that match nothing else')
        .option('--no-notify', 'do not announce them')
        .option('--enable', 'let it work')
        .option('--disable', 'let it do nothing'),
    ),
  );
}

/** The `CreateSavedSearchInput` of these options, without its name. */
export function newSearchInputOf(options: NewSearchOptions): Record<string, unknown> {
  return named({
    query: options.query,
    criteria: criteriaInputOf(options),
    scan: options.scan,
    notify: options.notify === false ? false : undefined,
  });
}

/** The `UpdateSavedSearchInput` of these options, without its id: only what was named. */
export function searchChangeOf(options: SearchChangeOptions): Record<string, unknown> {
  return named({
    name: options.name,
    query: options.query === false ? null : options.query,
    criteria: criteriaInputOf(options),
    scan: options.scan,
    notify: options.notify,
    enabled: options.enable ? true : options.disable ? false : undefined,
  });
}
