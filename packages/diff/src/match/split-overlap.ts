import { byteAt } from "./is-better.js";
import type { OldView } from "./old-view.js";

/** A stretch that begins at `began` and goes forwards. */
export interface Forward {
  readonly began: number;
  readonly shift: number;
  readonly bytes: number;
  readonly view: OldView;
}
/** A stretch that reaches back by `bytes` from `from`. */
export interface Backward {
  readonly from: number;
  readonly shift: number;
  readonly bytes: number;
  readonly view: OldView;
}

/**
 * Where two stretches claim the same bytes, gives each of them to the one that explains it better: the place
 * to part them is where equal bytes before it (of the first) and behind it (of the second) are most.
 *
 * @returns what is left of each
 */
export function splitOverlap(
  next: Uint8Array,
  first: Forward,
  second: Backward,
): readonly [first: number, second: number] {
  const overlap = first.began + first.bytes - (second.from - second.bytes);
  if (overlap <= 0) return [first.bytes, second.bytes];
  const start = second.from - second.bytes;
  let score = 0;
  let best = 0;
  let bestScore = 0;
  for (let i = 0; i < overlap; i += 1) {
    const byte = next[start + i];
    if (byte === byteAt(first.view, start + i + first.shift)) score += 1;
    if (byte === byteAt(second.view, start + i + second.shift)) score -= 1;
    if (score > bestScore) {
      bestScore = score;
      best = i + 1;
    }
  }
  return [first.bytes - overlap + best, second.bytes - best];
}
