import { bytesAt, longestMatch } from "./layout";
import { distanceOf, equal, find, lengthOf, skipTo } from "./match-finder";
import { lastDistance, putLiteral, putMatch, putRepeat, state } from "./symbol-encoder";

// Chooses LZMA's symbols greedily, with a look at the next position: repeated distances before new ones, near matches
// before slightly longer ones far away.

let niceBytes: i32 = 0;
/** Whether the finder has looked at the present position already, and what it saw. */
let isAhead: bool = false;
let seenLength: i32 = 0;
let seenDistance: i32 = 0;

export function beginFast(nice: i32): void {
  niceBytes = nice;
  isAhead = false;
}

/** Forgets what was looked at ahead: the bytes up to `at` are stored, and nothing is known of what follows. */
export function restartFast(at: i32): void {
  isAhead = false;
  skipTo(at);
}

/** Puts one symbol for what is at `at`, which goes no further than `end`. Returns how many bytes it stands for. */
export function stepFast(at: i32, end: i32): i32 {
  const most = min(longestMatch, end - at);
  if (!isAhead) look(most);
  isAhead = false;
  const length = min(seenLength, most);
  const distance = seenDistance;

  const repeat = longestRepeat(at, most);
  const bytes = repeat < 0 ? 0 : repeatBytes;
  if (bytes >= 2 && prefersRepeat(bytes, length, distance)) {
    putRepeat(repeat, bytes);
    skipTo(at + bytes);
    return bytes;
  }
  if (length < 2 || (length === 2 && distance >= 0x80)) return putSingle(at);
  if (length < niceBytes && most > length && nextIsBetter(at, end, length, distance)) {
    return putSingle(at);
  }
  putMatch(distance, length);
  skipTo(at + length);
  isAhead = false;
  return length;
}

function prefersRepeat(bytes: i32, length: i32, distance: i32): bool {
  return (
    bytes >= niceBytes ||
    bytes + 1 >= length ||
    (bytes + 2 >= length && distance >= 1 << 9) ||
    (bytes + 3 >= length && distance >= 1 << 15)
  );
}

/** One byte alone: by the last distance where that has it and a literal would be dear, else as it is. */
function putSingle(at: i32): i32 {
  const last = at - lastDistance(0) - 1;
  if (last >= 0 && load<u8>(last, bytesAt) === load<u8>(at, bytesAt) && state >= 7) putRepeat(0, 1);
  else putLiteral(at);
  return 1;
}

function nextIsBetter(at: i32, end: i32, length: i32, distance: i32): bool {
  const most = min(longestMatch, end - at - 1);
  look(most);
  isAhead = true;
  const nextLength = seenLength;
  const nextDistance = seenDistance;
  if (nextLength >= 2) {
    if (
      (nextLength >= length && nextDistance < distance) ||
      (nextLength === length + 1 && !isMuchNearer(distance, nextDistance)) ||
      nextLength > length + 1 ||
      (nextLength + 1 >= length && length >= 3 && isMuchNearer(nextDistance, distance))
    ) {
      return true;
    }
  }
  const wanted = max(2, length - 1);
  return longestRepeat(at + 1, min(most, wanted)) >= 0 && repeatBytes >= wanted;
}

/** Looks at the finder's next position: its longest match, or a slightly shorter one that is much nearer. */
function look(most: i32): void {
  let best = find(most) - 1;
  while (
    best > 0 &&
    lengthOf(best) === lengthOf(best - 1) + 1 &&
    isMuchNearer(distanceOf(best - 1), distanceOf(best))
  ) {
    best -= 1;
  }
  seenLength = best < 0 ? 0 : lengthOf(best);
  seenDistance = best < 0 ? 0 : distanceOf(best);
}

let repeatBytes: i32 = 0;

/** Which of the last four distances has the longest match, with its length in `repeatBytes`; -1 if none has two bytes. */
function longestRepeat(at: i32, most: i32): i32 {
  let best = 1;
  let found = -1;
  for (let index = 0; index < 4 && best < most; index += 1) {
    const from = at - lastDistance(index) - 1;
    if (
      from < 0 ||
      load<u8>(from, bytesAt) !== load<u8>(at, bytesAt) ||
      load<u8>(from + best, bytesAt) !== load<u8>(at + best, bytesAt)
    ) {
      continue;
    }
    const length = equal(from, at, most);
    if (length <= best) continue;
    best = length;
    found = index;
  }
  repeatBytes = best;
  return found;
}

/** So much nearer that a byte less of length is worth it. */
function isMuchNearer(near: i32, far: i32): bool {
  return far >>> 7 > near;
}
