import {
  isLongRepeat0,
  isMatch,
  isRepeat,
  isRepeat1To3,
  literalChances,
  literals,
} from "../../src/codec/lzma/chance-places";
import { bytesAt, literalContextBits, longestMatch, longestPath } from "./layout";
import { distanceOf, equal, find, lengthOf, skipTo } from "./match-finder";
import {
  beginPath,
  choosePath,
  furthest,
  hasSymbols,
  isLiteral,
  offer,
  priceAt,
  reach,
  repeatAt,
  settle,
  stateAt,
  symbolDistance,
  symbolLength,
  takeSymbol,
} from "./path-nodes";
import {
  priceOf0,
  priceOf1,
  priceOfBit,
  priceOfDistance,
  priceOfMatchLength,
  priceOfRepeat,
  priceOfRepeatLength,
  refreshPrices,
} from "./price-table";
import { afterLiteral, afterMatch, afterRepeat } from "./states";
import { lastDistance, putLiteral, putMatch, putRepeat, state } from "./symbol-encoder";

// Chooses LZMA's symbols by what they will cost: the cheapest path through the next up to 4096 bytes.

/** After how many symbols the prices are made anew. */
const renewal: i32 = 64;

let niceBytes: i32 = 0;
let symbolsLeft: i32 = 0;

export function beginOptimal(nice: i32): void {
  niceBytes = nice;
  symbolsLeft = 0;
  choosePath(0, 0, 0);
}

/** Forgets the path that was chosen: the bytes up to `at` are stored. */
export function restartOptimal(at: i32): void {
  choosePath(0, 0, 0);
  symbolsLeft = 0;
  skipTo(at);
}

/** Puts one symbol for what is at `at`, which goes no further than `end`. Returns how many bytes it stands for. */
export function stepOptimal(at: i32, end: i32): i32 {
  if (!hasSymbols()) {
    if (symbolsLeft <= 0) {
      refreshPrices();
      symbolsLeft = renewal;
    }
    plan(at, end);
  }
  symbolsLeft -= 1;
  const symbol = takeSymbol();
  const length = symbolLength(symbol);
  put(at, length, symbolDistance(symbol));
  return length;
}

/** The last distances are looked at again: between a path's choice and here a chunk may have ended with a reset. */
function put(at: i32, length: i32, distance: i32): void {
  if (distance === isLiteral) putLiteral(at);
  else if (distance === lastDistance(0)) putRepeat(0, length);
  else if (length === 1) putLiteral(at);
  else if (distance === lastDistance(1)) putRepeat(1, length);
  else if (distance === lastDistance(2)) putRepeat(2, length);
  else if (distance === lastDistance(3)) putRepeat(3, length);
  else putMatch(distance, length);
}

/** Chooses the symbols for the bytes from `start` on. */
function plan(start: i32, end: i32): void {
  const nice = niceBytes;
  const last = min(longestPath, end - start);
  beginPath(state);

  for (let node = 0; ; node += 1) {
    if (node > 0) {
      if (node === furthest || node === last) {
        choosePath(node, 0, 0);
        return;
      }
      settle(node);
    }
    const at = start + node;
    const room = min(longestMatch, end - at);
    const state = stateAt(node);
    const here = priceAt(node);
    const matchPrice = here + priceOf1(isMatch + (state << 4));
    const repeatPrice = matchPrice + priceOf1(isRepeat + state);
    const newPrice = matchPrice + priceOf0(isRepeat + state);
    const repeat0 = repeatAt(node, 0);
    const source0 = at - repeat0 - 1;
    const byte = load<u8>(at, bytesAt);
    const next = node + 1;

    reach(next);
    const literal = here + priceOf0(isMatch + (state << 4)) + priceOfLiteral(at, state, repeat0);
    offer(next, literal, node, 0, isLiteral);
    if (source0 >= 0) {
      if (load<u8>(source0, bytesAt) === byte) {
        const short =
          repeatPrice + priceOf0(isRepeat1To3 + state) + priceOf0(isLongRepeat0 + (state << 4));
        offer(next, short, node, 0, repeat0);
      } else {
        combine(start, end, node, 0, repeat0, state, here);
      }
    }

    let least = 2;
    if (room >= 2) {
      const two = load<u16>(at, bytesAt);
      for (let index = 0; index < 4; index += 1) {
        const back = repeatAt(node, index);
        const source = at - back - 1;
        if (source < 0 || load<u16>(source, bytesAt) !== two) continue;
        const length = equal(source, at, room);
        if (length >= nice) {
          choosePath(node, length, back);
          skipTo(at + length);
          return;
        }
        if (index === 0) least = length + 1;
        reach(node + length);
        const base = repeatPrice + priceOfRepeat(index, state);
        for (let count = 2; count <= length; count += 1) {
          offer(node + count, base + priceOfRepeatLength(count), node, 0, back);
        }
        const cost = base + priceOfRepeatLength(length);
        combine(start, end, node, length, back, afterRepeat(state), cost);
      }
    }

    const found = find(room);
    if (found === 0) continue;
    const longest = lengthOf(found - 1);
    if (longest >= nice) {
      // Behind a literal the last distance may go on for as long: the next position will see that.
      if (source0 >= 0 && equal(source0 + 1, at + 1, longest - 1) === longest - 1) continue;
      choosePath(node, longest, distanceOf(found - 1));
      skipTo(at + longest);
      return;
    }
    if (longest < least) continue;
    reach(node + longest);
    let count = least;
    for (let index = 0; index < found; index += 1) {
      const length = lengthOf(index);
      if (length < least) continue;
      const back = distanceOf(index);
      for (; count <= length; count += 1) {
        const cost = newPrice + priceOfMatchLength(count) + priceOfDistance(back, count);
        offer(node + count, cost, node, 0, back);
      }
      const cost = newPrice + priceOfMatchLength(length) + priceOfDistance(back, length);
      combine(start, end, node, length, back, afterMatch(state), cost);
    }
  }
}

/** Behind `length` bytes at a distance, for `cost`: a literal, and as much as there is at the same distance. */
function combine(
  start: i32,
  end: i32,
  node: i32,
  length: i32,
  distance: i32,
  state: i32,
  cost: i32,
): void {
  const at = start + node + length;
  const behind = at - distance;
  const room = min(longestMatch, end - at - 1);
  if (room < 2 || load<u16>(behind, bytesAt) !== load<u16>(at + 1, bytesAt)) return;
  const more = equal(behind, at + 1, room);
  const next = afterLiteral(state);
  const total =
    cost +
    priceOf0(isMatch + (state << 4)) +
    priceOfLiteral(at, state, distance) +
    priceOf1(isMatch + (next << 4)) +
    priceOf1(isRepeat + next) +
    priceOfRepeat(0, next) +
    priceOfRepeatLength(more);
  const resumed = node + length + 1;
  const place = resumed + more;
  reach(place);
  offer(place, total, node, resumed, distance);
}

function priceOfLiteral(at: i32, state: i32, repeat0: i32): i32 {
  const previous: i32 = at > 0 ? load<u8>(at - 1, bytesAt) : 0;
  const tree = literals + literalChances * (previous >> (8 - literalContextBits));
  let symbol = <i32>load<u8>(at, bytesAt) | 0x100;
  let price = 0;
  if (state < 7) {
    while (symbol > 1) {
      price += priceOfBit(tree + (symbol >> 1), symbol & 1);
      symbol >>= 1;
    }
    return price;
  }
  let matched = (<i32>load<u8>(at - repeat0 - 1, bytesAt)) << 1;
  let offset = 0x100;
  while (symbol < 0x10000) {
    price += priceOfBit(tree + offset + (matched & offset) + (symbol >> 8), (symbol >> 7) & 1);
    symbol <<= 1;
    offset &= ~(matched ^ symbol);
    matched <<= 1;
  }
  return price;
}
