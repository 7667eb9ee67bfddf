import { Document, isMap, isScalar, isSeq, type Node, parseDocument, Scalar, type ToStringOptions } from 'yaml';

const style: ToStringOptions = { lineWidth: 0, singleQuote: true, flowCollectionPadding: false };

/** `key: value` on lines of its own, `indent` spaces in. */
export function renderPair(key: string, value: unknown, indent: number): string {
  const document = new Document({});
  document.setIn([key], nodeOf(value, false));
  return document.toString(style).replace(/^(?=.)/gm, ' '.repeat(indent));
}

/** A value on one line: `'text'`, `['a', 'b']`, `{min: 40}`, or with spaces inside the brackets. */
export function renderInline(value: unknown, isPadded = false): string {
  return renderNode(nodeOf(value, true), { ...style, flowCollectionPadding: isPadded });
}

/** A value quoted as another one is. */
export function renderLike(written: Scalar, value: unknown): string {
  const scalar = new Scalar(value);
  if (written.type !== undefined) scalar.type = written.type;
  return renderNode(scalar);
}

function renderNode(node: Node, options = style): string {
  return new Document(node).toString(options).replace(/\n$/, '');
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
    const found = document.getIn(place, true);
    if (isMap(found)) continue;
    const map = document.createNode({});
    // A key left blank holds a null, which nothing can be put into.
    if (isScalar(found) && found.comment) map.commentBefore = found.comment;
    document.setIn(place, map);
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
