import type { MatchInfo } from "@potassium/core-types";

/** Whether two matches say the same. */
export function sameMatch(a: MatchInfo, b: MatchInfo): boolean {
  return a === b || (a.status === b.status && a.need === b.need && sameTexts(a.players, b.players));
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((text, index) => text === b[index]));
}
