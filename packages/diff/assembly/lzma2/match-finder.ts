import {
  bytesAt,
  gatheredAt,
  last2At,
  last3At,
  last4At,
  last5At,
  linkedAtOnce,
  linksAt,
  matchesAt,
  mostBits,
  mostGathered,
  nearBits,
} from "./layout";

// Finds earlier places with the same bytes: the last ones with the same two, three and four, and chains of those with
// the same five. Chains by four find less in the same time, as most of those places go no further.

const none: i32 = -1;
/** So few looks along a chain need no gathering. */
const fewLooks: i32 = 4;
const leastBits: i32 = 12;
const factor: i32 = 0x9e3779b1;
const fifthFactor: i32 = 0x7feb352d;

/** How many comparisons were made: what tests hold to account. */
let comparisons: u64 = 0;
let size: i32 = 0;
/** How many earlier positions with the same five bytes are looked at. */
let depth: i32 = 0;
/** A match so long is not looked beyond. */
let niceBytes: i32 = 0;
/** How far what is made of five bytes is shifted to be a place in the table of them. */
let shift: i32 = 0;
/** Where it stands of each position which is the one before it in its chain. */
let chainsAt: i32 = 0;
/** Up to where positions are in the chains: often further than `next`, as it is cheaper in a row. */
let linked: i32 = 0;
/** The next position to be looked at. */
let next: i32 = 0;
/** The longest match of the position before, where that was looked at: it goes on here. */
let carriedLength: i32 = 0;
let carriedDistance: i32 = 0;
/** How many matches the last `find()` found. */
let count: i32 = 0;

export function steps(): f64 {
  return <f64>comparisons;
}

/** Begins with other bytes, whose chains are kept at `chains`. */
export function beginFinder(bytes: i32, chains: i32, mostDepth: i32, nice: i32): void {
  size = bytes;
  chainsAt = chains;
  depth = mostDepth;
  niceBytes = nice;
  const bits = max(leastBits, min(mostBits, 32 - clz(bytes)));
  shift = 32 - bits;
  memory.fill(last3At, 0xff, last5At - last3At + (4 << bits));
  next = 0;
  linked = 0;
  carriedLength = 0;
}

/** Goes on at `end`. */
export function skipTo(end: i32): void {
  next = end;
  carriedLength = 0;
}

/** Puts the next positions into the chains, and notes what came before each. Called often, which engines like. */
function linkMore(): void {
  const chains = chainsAt;
  const by = shift;
  const end = linked + linkedAtOnce;
  const last = min(end, size - 4);
  for (let at = linked; at < last; at += 1) {
    const eight = load<u64>(at, bytesAt);
    const word = <i32>eight;
    const mixed = word * factor;
    const place2 = (word & 0xffff) << 2;
    const place3 = (((word << 8) * factor) >>> (32 - nearBits)) << 2;
    const place4 = (mixed >>> (32 - nearBits)) << 2;
    const place5 = ((mixed + <i32>((eight >>> 32) & 0xff) * fifthFactor) >>> by) << 2;
    const link = (at & (linkedAtOnce - 1)) << 4;
    store<i32>(link, load<i32>(place2, last2At), linksAt);
    store<i32>(link, load<i32>(place3, last3At), linksAt + 4);
    store<i32>(link, load<i32>(place4, last4At), linksAt + 8);
    store<i32>(chains + (at << 2), load<i32>(place5, last5At));
    store<i32>(place2, at, last2At);
    store<i32>(place3, at, last3At);
    store<i32>(place4, at, last4At);
    store<i32>(place5, at, last5At);
  }
  if (depth > fewLooks && next < end) gather(linked, last);
  linked = end;
}

/**
 * Gathers the candidates of positions beforehand: every step along a chain waits for memory, and here the processor
 * goes along several at once.
 */
function gather(from: i32, end: i32): void {
  const chains = chainsAt;
  const most = depth;
  for (let at = from; at < end; at += 1) {
    const place = gatheredPlace(at);
    let candidate = load<i32>(chains + (at << 2));
    for (let index = 0; index < most; index += 1) {
      store<i32>(place + (index << 2), candidate);
      if (candidate === none) break;
      candidate = load<i32>(chains + (candidate << 2));
    }
  }
}

function gatheredPlace(at: i32): i32 {
  return gatheredAt + (at & (linkedAtOnce - 1)) * (4 * mostGathered);
}

/** Of the last `find()`, which are each longer, and further away, than the one before. */
export function lengthOf(match: i32): i32 {
  return load<i32>(match << 3, matchesAt);
}

/** How far back, less one. */
export function distanceOf(match: i32): i32 {
  return load<i32>(match << 3, matchesAt + 4);
}

/** Finds the matches of the next position, of at most `most` bytes, and goes on to the one behind it. Returns how many. */
export function find(most: i32): i32 {
  const at = next;
  if (most < 5) {
    skipTo(at + 1);
    return 0;
  }
  while (linked <= at) linkMore();
  next = at + 1;
  const link = (at & (linkedAtOnce - 1)) << 4;
  const near2 = load<i32>(link, linksAt);
  const near3 = load<i32>(link, linksAt + 4);
  const near4 = load<i32>(link, linksAt + 8);
  const isDeep = depth > fewLooks;
  const chains = chainsAt;
  let place = gatheredPlace(at);
  let candidate = load<i32>(chains + (at << 2));

  const nice = min(niceBytes, most);
  let best = 1;
  count = 0;
  if (near2 !== none) best = take(near2, at, best, most);
  if (near3 !== near2 && near3 !== none && best < nice) best = take(near3, at, best, most);
  if (near4 !== near3 && near4 !== none && best < nice) best = take(near4, at, best, most);

  if (best < nice) {
    let left = depth;
    // In a longer match the last four of its bytes up to there are the same: mostly the first look tells.
    let ahead = best < 4 ? 0 : best - 3;
    let wanted = load<i32>(at + ahead, bytesAt);
    while (candidate !== none && left > 0) {
      if (load<i32>(candidate + ahead, bytesAt) === wanted) {
        const longer = take(candidate, at, best, most);
        if (longer > best) {
          best = longer;
          if (best >= nice) break;
          ahead = best < 4 ? 0 : best - 3;
          wanted = load<i32>(at + ahead, bytesAt);
        }
      }
      place += 4;
      candidate = isDeep ? load<i32>(place) : load<i32>(chains + (candidate << 2));
      left -= 1;
    }
    comparisons += depth - left;
    const carried = min(carriedLength - 1, most);
    if (best < carried) {
      add(carried, carriedDistance);
      best = carried;
    }
  }
  carriedLength = best;
  carriedDistance = count === 0 ? 0 : distanceOf(count - 1);
  return count;
}

/** Adds the match with `candidate` where it is longer than `best`. Returns the longest length. */
function take(candidate: i32, at: i32, best: i32, most: i32): i32 {
  const length = equal(candidate, at, most);
  if (length <= best) return best;
  add(length, at - candidate - 1);
  return length;
}

function add(length: i32, distance: i32): void {
  store<i32>(count << 3, length, matchesAt);
  store<i32>(count << 3, distance, matchesAt + 4);
  count += 1;
}

/** Whether `length` bytes from `at` on stand at the last place with the same five that was gone by. */
export function cameBefore(at: i32, length: i32): bool {
  if (at + length > size) return false;
  while (linked < next) linkMore();
  const eight = load<u64>(at, bytesAt);
  const mixed = <i32>eight * factor + <i32>((eight >>> 32) & 0xff) * fifthFactor;
  let candidate = load<i32>((mixed >>> shift) << 2, last5At);
  // More may be linked already than is told of.
  while (candidate >= next) candidate = load<i32>(chainsAt + (candidate << 2));
  return candidate !== none && equal(candidate, at, length) === length;
}

/** How many bytes from both places on are equal, at most `most`. */
export function equal(one: i32, other: i32, most: i32): i32 {
  let length = 0;
  // Eight at a time, up to seven behind the last: there is memory.
  while (length < most) {
    const difference = load<u64>(one + length, bytesAt) ^ load<u64>(other + length, bytesAt);
    if (difference !== 0) {
      length += <i32>(ctz(difference) >>> 3);
      if (length >= most) break;
      // Counted in words of four, as far as there are whole ones.
      comparisons += length < (most & ~3) ? length & ~3 : length;
      return length;
    }
    length += 8;
  }
  comparisons += most;
  return most;
}
