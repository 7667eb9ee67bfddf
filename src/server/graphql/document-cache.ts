/** What graphql-yoga keeps parsed documents and syntax errors in. */
export interface DocumentCache<Value> {
  get(text: string): Value | undefined;
  set(text: string, value: Value): void;
}

const entries = 250;
/** Longer texts are parsed each time: nobody may fill the memory with documents that are sent once. */
const longestText = 16_384;

/**
 * Keeps the documents that were used last, a bounded number of bounded ones (graphql-yoga's own cache would keep 1,024
 * of any size).
 */
export function createDocumentCache<Value>(): DocumentCache<Value> {
  const kept = new Map<string, Value>();
  const use = (text: string, value: Value) => {
    kept.delete(text);
    kept.set(text, value);
    if (kept.size > entries) for (const oldest of kept.keys()) return void kept.delete(oldest);
  };
  return {
    get: (text) => {
      const value = kept.get(text);
      if (value !== undefined) use(text, value);
      return value;
    },
    set: (text, value) => {
      if (text.length <= longestText) use(text, value);
    },
  };
}
