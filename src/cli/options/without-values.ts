/** Longer ones may be a secret; Upwork's are sixteen characters. */
const harmlessLength = 8;
/** What people mistype: the names of commands and choices. */
const plainWord = /^[a-z][a-z-]{0,23}$/;

/**
 * A message of commander about wrong words, without those that may be a secret somebody typed in the wrong place (issue 19, letter P): what stands
 * behind an option's `=` or its single letter, and values that are neither short nor plain words.
 */
export function withoutValues(message: string): string {
  return message
    .replace(/(unknown option ')(--[\w-]+)=[^']*/s, '$1$2')
    .replace(/(unknown option ')(-\w)[^-'][^']*/s, '$1$2')
    .replace(/((?:unknown command|command-argument value|argument) ')(.*?)('(?:\. |\.?\n| is invalid))/s, hide);
}

function hide(_all: string, before: string, value: string, after: string): string {
  return `${before}${value.length <= harmlessLength || plainWord.test(value) ? value : '…'}${after}`;
}
