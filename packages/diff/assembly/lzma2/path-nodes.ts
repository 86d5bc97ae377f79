import { nodeBits, nodesAt, pathSize, repeatsAt, symbolsAt } from "./layout";
import { afterLiteral, afterMatch, afterRepeat, afterShort } from "./states";

const unreached: i32 = 2 ** 30;
/** In the place of a distance: a literal. */
export const isLiteral: i32 = -1;

// The positions that a path through the next bytes may touch, each with the cheapest way to it that is known. A step
// there is one symbol, or a symbol (or none), a literal and a match at the same distance again. A node has: its price;
// where the last step began, and where it was resumed (two bytes each); its distance; the state; the last four distances.

/** What the way to a position costs, in sixteenths of a bit. */
export function priceAt(node: i32): i32 {
  return load<i32>(node << nodeBits, nodesAt);
}

/** Where the last step began. */
function fromAt(node: i32): i32 {
  return load<u16>(node << nodeBits, nodesAt + 4);
}

/** Of a step with a literal in it: where behind it the match goes on; else 0. */
function resumedAt(node: i32): i32 {
  return load<u16>(node << nodeBits, nodesAt + 6);
}

/** The step's distance, less one, or `isLiteral`. */
function distanceAt(node: i32): i32 {
  return load<i32>(node << nodeBits, nodesAt + 8);
}

export function stateAt(node: i32): i32 {
  return load<i32>(node << nodeBits, nodesAt + 12);
}

export function repeatAt(node: i32, index: i32): i32 {
  return load<i32>((node << nodeBits) + (index << 2), nodesAt + 16);
}

/** Takes the step where it is cheaper than what is known. */
export function offer(to: i32, price: i32, from: i32, resumed: i32, distance: i32): void {
  if (price >= priceAt(to)) return;
  store<i32>(to << nodeBits, price, nodesAt);
  store<i32>(to << nodeBits, from | (resumed << 16), nodesAt + 4);
  store<i32>(to << nodeBits, distance, nodesAt + 8);
}

/** The furthest position that is reached. */
export let furthest: i32 = 0;
let nextSymbol: i32 = pathSize;

export function hasSymbols(): bool {
  return nextSymbol < pathSize;
}

/** The place of the next symbol of the path that was chosen. */
export function takeSymbol(): i32 {
  return nextSymbol++;
}

export function symbolLength(symbol: i32): i32 {
  return load<i32>(symbol << 3, symbolsAt);
}

export function symbolDistance(symbol: i32): i32 {
  return load<i32>(symbol << 3, symbolsAt + 4);
}

export function beginPath(state: i32): void {
  furthest = 0;
  store<i32>(nodesAt, 0);
  store<i32>(nodesAt + 12, state);
  memory.copy(nodesAt + 16, repeatsAt, 16);
}

/** Sees to it that positions up to `to` can be compared with. */
export function reach(to: i32): void {
  while (furthest < to) {
    furthest += 1;
    store<i32>(furthest << nodeBits, unreached, nodesAt);
  }
}

/** Computes the state and the last distances at a position, whose cheapest way is now certain. */
export function settle(at: i32): void {
  const from = fromAt(at);
  const distance = distanceAt(at);
  const before = stateAt(from);
  const last0 = repeatAt(from, 0);
  const last1 = repeatAt(from, 1);
  const last2 = repeatAt(from, 2);
  const last3 = repeatAt(from, 3);
  const target = nodesAt + 16 + (at << nodeBits);
  if (distance === isLiteral || distance === last0) {
    store<i32>(target, last0);
    store<i32>(target, last1, 4);
    store<i32>(target, last2, 8);
    store<i32>(target, last3, 12);
  } else {
    store<i32>(target, distance);
    store<i32>(target, last0, 4);
    store<i32>(target, distance === last1 ? last2 : last1, 8);
    store<i32>(target, distance === last1 || distance === last2 ? last3 : last2, 12);
  }
  let state: i32;
  if (resumedAt(at) !== 0) state = 8;
  else if (distance === isLiteral) state = afterLiteral(before);
  else if (at - from === 1) state = afterShort(before);
  else {
    const isRepeat =
      distance === last0 || distance === last1 || distance === last2 || distance === last3;
    state = isRepeat ? afterRepeat(before) : afterMatch(before);
  }
  store<i32>(at << nodeBits, state, nodesAt + 12);
}

/** Makes the symbols of the way to `at`, and behind it a match of `length` where that isn't 0. */
export function choosePath(at: i32, length: i32, distance: i32): void {
  nextSymbol = pathSize;
  if (length > 0) putSymbol(length, distance);
  for (let to = at; to > 0; ) {
    const from = fromAt(to);
    const resumed = resumedAt(to);
    const stepDistance = distanceAt(to);
    if (resumed === 0) {
      putSymbol(to - from, stepDistance);
    } else {
      putSymbol(to - resumed, stepDistance);
      putSymbol(1, isLiteral);
      if (resumed - 1 > from) putSymbol(resumed - 1 - from, stepDistance);
    }
    to = from;
  }
}

function putSymbol(length: i32, distance: i32): void {
  nextSymbol -= 1;
  store<i32>(nextSymbol << 3, length, symbolsAt);
  store<i32>(nextSymbol << 3, distance, symbolsAt + 4);
}
