/** A value in HCL, as far as policies use it. */
export type HclValue = string | number | boolean | HclValue[] | HclBlock;

/** `name "label" { … }` is `{ name: { label: { … } } }`, as HashiCorp's own reader has it. */
export interface HclBlock {
  [name: string]: HclValue;
}

const word =
  /\s*(?:#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\\n]|\\.)*")|([A-Za-z_][\w-]*)|(-?\d+(?:\.\d+)?)|([{}[\]=,:]))/y;

/** Reads the part of HCL that policies are written in. Throws with the place of what it cannot read. */
export function parseHcl(text: string): HclBlock {
  const words = split(text);
  const block = readBlock(words, undefined);
  return block;
}

interface Word {
  kind: 'text' | 'name' | 'number' | 'sign' | 'end';
  value: string;
  line: number;
}

function split(text: string): Word[] {
  const words: Word[] = [];
  let position = 0;
  const lineAt = () => text.slice(0, position).split('\n').length;
  while (text.slice(position).trim() !== '') {
    word.lastIndex = position;
    const match = word.exec(text);
    if (!match) throw new Error(`At ${lineAt()}: unexpected text in the policy.`);
    position = word.lastIndex;
    const [, quoted, name, number, sign] = match;
    if (quoted !== undefined) words.push({ kind: 'text', value: JSON.parse(quoted) as string, line: lineAt() });
    else if (name !== undefined) words.push({ kind: 'name', value: name, line: lineAt() });
    else if (number !== undefined) words.push({ kind: 'number', value: number, line: lineAt() });
    else if (sign !== undefined) words.push({ kind: 'sign', value: sign, line: lineAt() });
  }
  return [...words, { kind: 'end', value: '', line: lineAt() }].reverse() as Word[];
}

function take(words: Word[], kinds: Word['kind'][], sign?: string): Word {
  const found = words.pop();
  if (!found || !kinds.includes(found.kind) || (sign !== undefined && found.value !== sign))
    throw new Error(`At ${found?.line ?? 0}: expected ${sign ?? kinds.join(' or ')} in the policy.`);
  return found;
}

function isSign(words: Word[], sign: string): boolean {
  const next = words.at(-1);
  return next?.kind === 'sign' && next.value === sign;
}

function readBlock(words: Word[], closing: string | undefined): HclBlock {
  const block: HclBlock = {};
  while (closing === undefined ? words.at(-1)?.kind !== 'end' : !isSign(words, closing)) {
    const name = take(words, ['name', 'text']).value;
    merge(block, name, readEntry(words));
    if (isSign(words, ',')) words.pop();
  }
  words.pop();
  return block;
}

function readEntry(words: Word[]): HclValue {
  if (isSign(words, '=') || isSign(words, ':')) {
    words.pop();
    return readValue(words);
  }
  if (words.at(-1)?.kind === 'text') {
    const label = take(words, ['text']).value;
    return { [label]: readEntry(words) };
  }
  take(words, ['sign'], '{');
  return readBlock(words, '}');
}

function readValue(words: Word[]): HclValue {
  if (isSign(words, '[')) return readList(words);
  if (isSign(words, '{')) {
    words.pop();
    return readBlock(words, '}');
  }
  const { kind, value, line } = take(words, ['text', 'number', 'name']);
  if (kind === 'text') return value;
  if (kind === 'number') return Number(value);
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Error(`At ${line}: unexpected ${value} in the policy.`);
}

function readList(words: Word[]): HclValue[] {
  const list: HclValue[] = [];
  words.pop();
  while (!isSign(words, ']')) {
    list.push(readValue(words));
    if (isSign(words, ',')) words.pop();
  }
  words.pop();
  return list;
}

/** Blocks of one name add up; anything else said twice, the last one counts. */
function merge(block: HclBlock, name: string, value: HclValue): void {
  const present = block[name];
  if (isBlock(present) && isBlock(value)) for (const [key, entry] of Object.entries(value)) merge(present, key, entry);
  else block[name] = value;
}

/** Whether a value is a block. */
export function isBlock(value: HclValue | undefined): value is HclBlock {
  return typeof value === 'object' && !Array.isArray(value);
}
