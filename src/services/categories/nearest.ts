/**
 * The words most like `word`, best first: at most three, none further off than about a third of its length. Case does
 * not count. For "did you mean" in messages.
 */
export function nearestOf(word: string, words: readonly string[]): string[] {
  const wanted = word.trim().toLowerCase();
  const allowance = Math.max(2, Math.ceil(wanted.length / 3));
  return words
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= allowance)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/**
 * Insertions, deletions and replacements that lead from one to the other; 1 where one merely begins or ends with the
 * other's words.
 */
function distanceOf(a: string, b: string): number {
  if (a.length >= 3 && (b.includes(a) || a.includes(b))) return 1;
  if (Math.abs(a.length - b.length) > 40) return 40;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
