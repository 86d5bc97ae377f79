import { equalMask } from "./equal-mask";
import { byteAt, holds, OldView, place } from "./old-view";
import { bytes } from "./segment";

/** What is left of each of the two stretches. */
export let firstLeft: i32 = 0;
export let secondLeft: i32 = 0;

/**
 * Where two stretches claim the same bytes, gives each of them to the one that explains it better: the place
 * to part them is where equal bytes before it (of the first) and behind it (of the second) are most.
 *
 * The first begins at `began` and goes forwards, the second reaches back from `from`. What is left of each is then in
 * {@link firstLeft} and {@link secondLeft}.
 */
export function splitOverlap(
  began: i32,
  firstBytes: i32,
  firstShift: i64,
  firstView: OldView,
  from: i32,
  secondBytes: i32,
  secondShift: i64,
  secondView: OldView,
): void {
  const start = from - secondBytes;
  const overlap = began + firstBytes - start;
  firstLeft = firstBytes;
  secondLeft = secondBytes;
  if (overlap <= 0) return;
  const firstAt = firstShift + start;
  const secondAt = secondShift + start;
  let score = 0;
  let best = 0;
  let bestScore = 0;
  for (let i = 0; i < overlap; ) {
    if (
      i <= overlap - 16 &&
      holds(firstView, firstAt + i, 16) &&
      holds(secondView, secondAt + i, 16)
    ) {
      const ofFirst = equalMask(bytes + start + i, place(firstView, firstAt + i));
      const ofSecond = equalMask(bytes + start + i, place(secondView, secondAt + i));
      if (score + popcnt(ofFirst & ~ofSecond) <= bestScore) {
        score += popcnt(ofFirst) - popcnt(ofSecond);
        i += 16;
        continue;
      }
    }
    const byte = <i32>load<u8>(bytes + start + i);
    if (byte === byteAt(firstView, firstAt + i)) score += 1;
    if (byte === byteAt(secondView, secondAt + i)) score -= 1;
    i += 1;
    if (score > bestScore) {
      bestScore = score;
      best = i;
    }
  }
  firstLeft = firstBytes - overlap + best;
  secondLeft = secondBytes - best;
}
