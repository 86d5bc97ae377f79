import { blockHash, blockHashes } from "./block-hash";
import { isInFilter, mayHave } from "./block-index";
import { bytes } from "./segment";

/** How many blocks are looked up at once at first, and at most. Powers of two. */
const fewest: i32 = 16;
const most: i32 = 128;
/** What the lists take: the hashes, and the places that may be of interest. */
export const lookupBytes: i32 = 4 * most + 4 * (most + 1);

let hashes: usize = 0;
let places: usize = 0;
/** The places that were looked up: every so many from the first to before the end. */
let first: i32 = 0;
let end: i32 = 0;
let stride: i32 = 0;
let count: i32 = 0;
/** The next place of interest. */
let next: usize = 0;
let last: usize = 0;

export function openLookup(room: usize): void {
  hashes = room;
  places = room + 4 * most;
}

/** To be called before the first block of a segment is looked up. */
export function beginLookup(): void {
  first = end = stride = 0;
}

/**
 * The first place from `from` on, before `until`, whose block may be in the index, of those that are `every` apart; `until`
 * where none may. Most blocks are in no file, and what tells it is mostly in no cache: so many are looked up at once, and
 * the waits for memory overlap.
 *
 * @param limit - The segment's last block begins before it.
 */
export function nextInIndex(from: i32, until: i32, every: i32, limit: i32): i32 {
  while (from < until) {
    if (
      from < first ||
      from >= end ||
      stride !== every ||
      (every !== 1 && (from - first) % every !== 0)
    ) {
      lookUp(from, every, limit);
    }
    while (next < last && load<i32>(next) < from) next += 4;
    if (next < last) return min(until, load<i32>(next));
    from = end;
  }
  return until;
}

/** The hash of a block that was looked up. */
export function hashAt(place: i32): u32 {
  return load<u32>(hashes + ((<usize>((place - first) / stride)) << 2));
}

function lookUp(from: i32, every: i32, limit: i32): void {
  count = from === end && stride === every ? min(most, 2 * count) : fewest;
  count = min(count, (limit - from + every - 1) / every);
  first = from;
  stride = every;
  end = from + count * every;
  if (every === 1) blockHashes(bytes + from, count, hashes);
  else {
    for (let i = 0; i < count; i += 1) {
      store<u32>(hashes + ((<usize>i) << 2), blockHash(bytes + from + i * every));
    }
  }
  next = places;
  let found = places;
  for (let i = 0; i < count; i += 1) {
    store<i32>(found, i);
    found += isInFilter(load<u32>(hashes + ((<usize>i) << 2))) << 2;
  }
  last = places;
  for (let item = places; item < found; item += 4) {
    const i = load<i32>(item);
    if (!mayHave(load<u32>(hashes + ((<usize>i) << 2)))) continue;
    store<i32>(last, from + i * every);
    last += 4;
  }
}
