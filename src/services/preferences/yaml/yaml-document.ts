import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';

/** What is wrong with a file, and where. Lines count from 1. */
export interface YamlProblem {
  readonly line: number;
  readonly message: string;
}

/** A file that was read. */
export interface YamlDocument {
  readonly text: string;
  /** Null where there is nothing, or a problem. */
  readonly root: Node | null;
  readonly problems: readonly YamlProblem[];
  /** The line of what a path leads to, or of the nearest thing around it. */
  lineAt(path: readonly PropertyKey[]): number;
}

/** The value of a key; undefined where the node is no map or has no such key. */
export function child(node: unknown, key: string): Node | undefined {
  if (!isMap(node)) return undefined;
  return (node.items.find((pair) => keyOf(pair) === key)?.value ?? undefined) as Node | undefined;
}

/** The keys of a map, in order. */
export function keysOf(map: YAMLMap): string[] {
  return map.items.map(keyOf);
}

/** The name of a pair. */
export function keyOf({ key }: { readonly key: unknown }): string {
  return String(isScalar(key) ? key.value : key);
}

/** A node as plain data. Objects have no prototype, so that no key means anything (F106). */
export function plainOf(node: unknown): unknown {
  if (isScalar(node)) return typeof node.value === 'bigint' ? integerOf(node.value) : node.value;
  if (isSeq(node)) return node.items.map(plainOf);
  if (!isMap(node)) return null;
  const plain: Record<string, unknown> = Object.create(null);
  for (const pair of node.items) plain[keyOf(pair)] = plainOf(pair.value);
  return plain;
}

/** A number where it is one exactly, else its digits. */
function integerOf(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
