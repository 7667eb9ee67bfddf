import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { editList } from './edit-list.ts';
import { renderInline, renderLike, renderPair } from './render-yaml.ts';
import { applySplices, endOfLine, type Splice, startOfLine } from './splice.ts';
import { child, keyOf, plainOf } from './yaml-document.ts';

/** A key and its new value as plain data; undefined takes it out. */
export interface Change {
  readonly key: string;
  readonly value: unknown;
  /** Whether two entries of a list say the same, though they are written differently. */
  readonly isSame: (written: unknown, entry: unknown) => boolean;
}

/**
 * `text` with keys of a map in it changed, and nothing else: comments, order, quoting and spacing of all that stays are kept to the letter.
 * Undefined for a map that is written in braces, has no key yet or is laid out in some other way: `renderAnew` is for those.
 */
export function editYaml(text: string, map: YAMLMap, changes: readonly Change[]): string | undefined {
  return isBlock(map, text) ? applySplices(text, editMap(text, map, changes)) : undefined;
}

/** Every key on a line of its own. */
function isBlock(map: YAMLMap, text: string): boolean {
  return !map.flow && map.items.length > 0 && map.items.every(({ key }) => /^ *$/.test(indentOf(text, key)));
}

function editMap(text: string, map: YAMLMap, changes: readonly Change[]): Splice[] {
  const last = map.items.at(-1);
  const indent = indentOf(text, map.items[0]?.key).length;
  const splices: Splice[] = [];
  let added = '';
  for (const change of changes) {
    const pair = map.items.find((entry) => keyOf(entry) === change.key);
    if (pair) splices.push(...editPair(text, pair, change, indent));
    else if (change.value !== undefined) added += renderPair(change.key, change.value, indent);
  }
  if (added === '' || !last) return splices;
  const end = endOfLine(text, endOf(last));
  const isOpen = end === text.length && !text.endsWith('\n');
  return [{ start: end, end, text: `${isOpen ? '\n' : ''}${added}` }, ...splices];
}

function editPair(text: string, pair: Pair, change: Change, indent: number): Splice[] {
  const { key, value } = change;
  const whole = { start: startOf(pair.key) - indent, end: endOfLine(text, endOf(pair)) };
  if (value === undefined) return [{ ...whole, text: '' }];
  const node = pair.value as Node | null;
  if (isScalar(node) && node.range && !text.slice(node.range[0], node.range[1]).includes('\n')) {
    const [start, end] = node.range;
    const written = typeof value === 'object' ? renderInline(value) : renderLike(node, value);
    return [{ start, end, text: `${start === end ? ' ' : ''}${written}` }];
  }
  if (isSeq(node) && Array.isArray(value)) {
    const list = editList(text, node, value, change.isSame);
    if (list) return list;
  }
  if (isMap(node) && isPlain(value) && isBlock(node, text))
    return editMap(text, node, differences(node, value, change));
  if ((isMap(node) || isSeq(node)) && node.flow && node.range) {
    const [start, end] = node.range;
    const isPadded = /^[[{] /.test(text.slice(start, start + 2));
    return [{ start, end, text: renderInline(value, isPadded) }];
  }
  return [{ ...whole, text: renderPair(key, value, indent) }];
}

function differences(map: YAMLMap, value: Record<string, unknown>, { isSame }: Change): Change[] {
  const wanted = Object.keys(value);
  const gone = map.items.map(keyOf).filter((key) => !wanted.includes(key));
  const changed = wanted.filter((key) => plainOf(child(map, key)) !== value[key]);
  return [
    ...gone.map((key) => ({ key, value: undefined, isSame })),
    ...changed.map((key) => ({ key, value: value[key], isSame })),
  ];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function startOf(key: unknown): number {
  return (key as Node | undefined)?.range?.[0] ?? 0;
}

function indentOf(text: string, key: unknown): string {
  return text.slice(startOfLine(text, startOf(key)), startOf(key));
}

/** The last character of a pair's value, comments after it left out. */
function endOf({ key, value }: Pair): number {
  const range = (value as Node | null)?.range ?? (key as Node).range;
  const isBlockCollection = (isMap(value) || isSeq(value)) && !value.flow;
  return (range?.[1] ?? 0) - (isBlockCollection ? 1 : 0);
}
