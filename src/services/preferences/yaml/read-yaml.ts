import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { YamlDocument, YamlProblem } from './yaml-document.ts';

/** Bytes. Nobody writes so much by hand; what parses slowly is longer. */
export const largestFile = 128 * 1024;
const deepest = 16;
const coreTags = /^tag:yaml\.org,2002:(?:map|seq|str|int|float|bool|null)$/;

/**
 * Reads YAML 1.2 that is data and nothing else: aliases (they can grow without end), tags, keys that are no words and keys that stand twice are
 * problems. Never throws.
 */
export function readYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  const problems: YamlProblem[] = [];
  const complain = (offset: number | undefined, message: string) =>
    problems.push({ line: lines.linePos(offset ?? 0).line, message });
  const document = parse(text, lines);
  if (!document)
    return { text, root: null, problems: [{ line: 1, message: 'it cannot be read as YAML.' }], lineAt: () => 1 };
  for (const { pos, message } of document.errors)
    complain(pos[0], `this is no YAML: ${message}. Look at this line and the one above.`);
  visit(document, {
    Alias: (_key, { range }) => void complain(range?.[0], 'aliases are not read: write the value out.'),
    Node: (_key, node, path) => {
      if (path.length > deepest * 2) {
        complain(node.range?.[0], 'this is nested too deeply.');
        return visit.BREAK;
      }
      if (!isAlias(node) && node.tag && !coreTags.test(node.tag))
        complain(node.range?.[0], `the tag ${node.tag.slice(0, 40)} is not read: leave it out.`);
      return undefined;
    },
    Map: (_key, map) => {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        if (!isScalar(key)) complain((key as Node).range?.[0], 'a key is a word.');
        else if (seen.has(String(key.value)))
          complain(key.range?.[0], `${String(key.value).slice(0, 40)} stands here twice: keep one.`);
        else seen.add(String(key.value));
      }
    },
  });
  const isClean = problems.length === 0;
  return {
    text,
    root: isClean ? document.contents : null,
    // One mistake of syntax makes many.
    problems: problems.slice(0, 20),
    lineAt: (path) => lines.linePos(offsetOf(document.contents, path)).line,
  };
}

function parse(text: string, lineCounter: LineCounter) {
  try {
    // Its own search for keys that stand twice takes quadratic time.
    return parseDocument(text, {
      lineCounter,
      schema: 'core',
      stringKeys: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
      // Ids of 18 digits are no doubles.
      intAsBigInt: true,
    });
  } catch {
    return undefined;
  }
}

/** Where the key stands that the path ends with, or the entry of a list; else the nearest thing around it. */
function offsetOf(root: unknown, path: readonly PropertyKey[]): number {
  let node = root;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (!item) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return offset;
}
