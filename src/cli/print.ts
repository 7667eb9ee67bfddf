/** C0 and C1 controls, DEL, bidi marks, embeddings, overrides and isolates, line and paragraph separators (checklist 52). */
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Text from outside on one line: control and bidi characters gone, line ends and tabs a space. */
export function clean(text: string): string {
  return text
    .replace(/\s*[\r\n\t]+\s*/g, ' ')
    .replace(unsafe, '')
    .trim();
}

/** The same for text of several lines: keeps line ends, never more than one empty line. */
export function cleanBlock(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll('\t', ' ').replace(unsafe, '').trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** One JSON document, safe to show on a terminal too: what `clean` would drop is escaped instead. */
export function toJson(value: unknown, indent?: number): string {
  return (JSON.stringify(value, null, indent) ?? 'null').replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Columns as wide as their widest cell, the last one ragged. Cells are cleaned. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((cells) => cells.map(clean));
  const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** `FIXED_PRICE` → `Fixed price`. */
export function sentenceCase(value: string): string {
  const words = clean(value).toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A time of the API without its milliseconds: `2026-05-24T12:00:00Z`. */
export function withoutMilliseconds(instant: string): string {
  return clean(instant).replace(/\.\d+Z$/, 'Z');
}

/** Cuts at `length` characters, with an ellipsis. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
