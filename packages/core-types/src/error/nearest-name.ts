/**
 * The known name that a wrong one was most likely meant to be: the same but for its case, one that it is a part of
 * ("ttl" of "ttlMs") or that is a part of it, or one that is two letters away at most.
 */
export function nearestName(wrong: string, known: readonly string[]): string | undefined {
  // What came from outside may be as long as it likes.
  if (wrong.length < 3 || wrong.length > 64) return undefined;
  const text = wrong.toLowerCase();
  let nearest: string | undefined;
  let least = 3;
  for (const name of known) {
    const other = name.toLowerCase();
    const away = other.includes(text) || text.includes(other) ? 1 : distance(text, other);
    const steps = other === text ? 0 : away;
    if (steps < least && steps < other.length / 2) [nearest, least] = [name, steps];
  }
  return nearest;
}

/** Letters to add, drop or change (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
