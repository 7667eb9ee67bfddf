import { isScalar, type Node, type YAMLSeq } from 'yaml';
import { renderInline } from './render-yaml.ts';
import { endOfLine, type Splice, startOfLine } from './splice.ts';
import { plainOf } from './yaml-document.ts';

/**
 * A list with other entries: those that stay keep how they are written and the comments on and above their lines. Undefined for a layout this does not
 * know.
 * @param isSame whether a written entry says the same as a value
 */
export function editList(
  text: string,
  list: YAMLSeq,
  entries: readonly unknown[],
  isSame: (written: unknown, entry: unknown) => boolean,
): Splice[] | undefined {
  const items = list.items.filter(isScalar);
  if (items.length === 0 || items.length < list.items.length || entries.length === 0 || !list.range) return undefined;
  const kept = (entry: unknown) => items.findIndex((item) => isSame(plainOf(item), entry));
  if (list.flow) {
    const [start, end] = list.range;
    if (text.slice(start, end).includes('\n')) return undefined;
    const written = entries.map((entry) => {
      const item = items[kept(entry)];
      return item?.range ? text.slice(item.range[0], item.range[1]) : renderInline(entry);
    });
    const padding = text.startsWith('[ ', start) ? ' ' : '';
    return [{ start, end, text: `[${padding}${written.join(', ')}${padding}]` }];
  }
  const dashes = items.map((item) => text.slice(startOfLine(text, startOf(item)), startOf(item)));
  // Each entry on a line of its own, behind its dash.
  if (!dashes.every((dash) => /^ *- +$/.test(dash))) return undefined;
  const begin = startOfLine(text, startOf(items[0]));
  const ends = items.map((item) => endOfLine(text, item.range?.[1] ?? 0));
  const lines = items.map((_item, index) => text.slice(ends[index - 1] ?? begin, ends[index]));
  const written = entries.map((entry) => lines[kept(entry)] ?? `${dashes[0]}${renderInline(entry)}`);
  return [{ start: begin, end: ends.at(-1) ?? begin, text: written.map(withBreak).join('') }];
}

function startOf(item: Node | undefined): number {
  return item?.range?.[0] ?? 0;
}

function withBreak(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n`;
}
