import type { Warning } from '../failures/model.ts';

/** One difference between what is in force and what a configuration says. */
export interface ConfigurationChange {
  /** As in the YAML, `platforms.upwork.scan_interval`, `searches.React jobs.criteria.keywords`. */
  readonly path: string;
  /** Plain data as in the YAML; null: not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What importing changes, or would change. */
export interface ConfigurationImport {
  readonly changes: readonly ConfigurationChange[];
  /** False for a plan. */
  readonly applied: boolean;
  readonly warnings: readonly Warning[];
}

/** Preferences and saved searches as one text. */
export interface ConfigurationService {
  /** YAML: `platforms` as in `prospector.yaml`, with every value that is in force, and `searches`. Never a secret. */
  exportYaml(): string;
  /**
   * Puts in force what the YAML says: preferences become what stands under `platforms.upwork`, a search of a name that stands under `searches`
   * becomes what stands there. A part that does not stand there, and searches of other names, are left alone. All of it or nothing; importing an
   * export changes nothing. With `dryRun` nothing is written.
   *
   * @throws DomainError VALIDATION (every problem, with its line)
   */
  importYaml(input: { readonly yaml: string; readonly dryRun: boolean }): ConfigurationImport;
}
