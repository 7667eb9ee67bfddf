import type { Settings } from '../settings.ts';
import type { KvConfig, Secret } from './kv-versions.ts';

/** What the parts of one KV v2 mount share. */
export interface Kv2Store {
  secrets: Map<string, Secret>;
  config: KvConfig;
  settings: Settings;
  now(): number;
  /** Told every value stored, so that the journal can tell where one strays. */
  learn(value: unknown): void;
}
