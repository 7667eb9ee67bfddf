/** Of a name or a value in JSON: quotes, colon, comma. */
const punctuation = 4;

/**
 * About how many bytes this will be as JSON, or any number above `most` once it is more: an answer that is too heavy is found out without being
 * built whole (issue 11, letter J).
 */
export function weigh(value: unknown, most: number): number {
  if (typeof value === 'string') return Math.max(value.length, Buffer.byteLength(value.slice(0, most))) + punctuation;
  if (typeof value !== 'object' || value === null) return String(value).length + 1;
  let weight = punctuation;
  for (const [name, inner] of Object.entries(value)) {
    weight += (Array.isArray(value) ? 1 : name.length + punctuation) + weigh(inner, most - weight);
    if (weight > most) break;
  }
  return weight;
}
