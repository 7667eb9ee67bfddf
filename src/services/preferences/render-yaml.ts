import { Document, isMap, isScalar, isSeq, type Node, parseDocument, type ToStringOptions } from 'yaml';

const style: ToStringOptions = { lineWidth: 0, singleQuote: true, flowCollectionPadding: false };

/** `key: value` on lines of its own, `indent` spaces in. */
export function renderPair(key: string, value: unknown, indent: number): string {
  const document = new Document({});
  document.setIn([key], nodeOf(value, false));
  return document.toString(style).replace(/^(?=.)/gm, ' '.repeat(indent));
}

/** A value on one line: `'text'`, `['a', 'b']`, `{min: 40}`. */
export function renderInline(value: unknown): string {
  return renderNode(nodeOf(value, true));
}

/** A node as it would be written. */
export function renderNode(node: Node): string {
  return new Document(node).toString(style).replace(/\n$/, '');
}

/** The file rendered by the library with keys below `path` changed (undefined takes one out): comments and order are kept, spacing is not. */
export function renderAnew(
  text: string,
  path: readonly string[],
  changes: readonly { key: string; value: unknown }[],
): string {
  const document = parseDocument(text, { schema: 'core', stringKeys: true, uniqueKeys: false, intAsBigInt: true });
  for (let depth = 0; depth <= path.length; depth += 1) {
    const place = path.slice(0, depth);
    // A key left blank holds a null, which nothing can be put into.
    if (!isMap(document.getIn(place, true))) document.setIn(place, document.createNode({}));
  }
  for (const { key, value } of changes) {
    if (value === undefined) document.deleteIn([...path, key]);
    else document.setIn([...path, key], nodeOf(value, false));
  }
  return document.toString(style);
}

/** New texts are quoted, as in the examples, so that none is taken for something else. */
function nodeOf(value: unknown, isInline: boolean): Node {
  const node = new Document(value).contents as Node;
  const prepare = (inner: unknown): void => {
    if (isScalar(inner) && typeof inner.value === 'string') inner.type = 'QUOTE_SINGLE';
    if (!isMap(inner) && !isSeq(inner)) return;
    inner.flow = isInline;
    for (const entry of inner.items) prepare(isMap(inner) ? (entry as { value: unknown }).value : entry);
  };
  prepare(node);
  return node;
}
