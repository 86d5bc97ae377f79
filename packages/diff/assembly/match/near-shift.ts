import { equalMask } from "./equal-mask";
import { byteAt, holds, move, OldView, oldSize, place as placeOf } from "./old-view";
import { addSteps, bytes, size, steps } from "./segment";

/** How many bytes are compared to find places, and of them how many must be equal: of what is not alike, far fewer are. */
const probeBytes: i32 = 256;
const leastEqual: i32 = 176;
/** Of so many bytes of the probe, and of some of them at first, how many must be equal for a place to be looked at whole. */
const samples: i32 = 32;
const leastOfSamples: i32 = 10;
const firstSamples: i32 = 6;
const leastOfFirst: i32 = 2;
/** How far from the expected place is looked, each way. */
const reach: i32 = 1 << 15;
/** By what lies so far ahead the best place is chosen: periodic tables look alike at many. Few bytes tell. */
const aheadBytes: i32 = 1 << 15;
const aheadStride: i32 = 61;
/** Of so many places at most. */
const mostPlaces: i32 = 128;
/** By every so many bytes the share of equal ones is told. */
const shareStride: i32 = 13;
/** How many bytes may be looked at for each one of a segment, and of them where nothing is found: most of what is new is like nothing. */
const stepsForEach: i64 = 12;
const vainStepsForEach: i64 = 2;

/** No shift at all. */
export const none: i64 = i64.MIN_VALUE;

/** What {@link openNearShift} needs of memory: old bytes, with some that may be read behind them; places; offsets. */
const aroundBytes: i32 = 2 * reach + probeBytes + 32;
const placesBytes: i32 = 4 * (2 * reach + 1);
export const nearShiftBytes: i32 = aroundBytes + placesBytes + probeBytes;

/** The old bytes around an expected place. */
let room: usize = 0;
/** The places that are like the probe, and how many of its bytes are equal at each: 23 bits and 9. */
let places: usize = 0;
/** Where in the probe are bytes other than zero. */
let offsets: usize = 0;

let old: OldView = changetype<OldView>(0);
let spent: i64 = 0;
let spentInVain: i64 = 0;

export function openNearShift(at: usize): void {
  room = at;
  places = at + aroundBytes;
  offsets = places + placesBytes;
}

/** To be called before the first is looked for in a segment. */
export function beginNearShift(view: OldView): void {
  old = view;
  spent = spentInVain = 0;
}

/**
 * Finds an alignment near one of two expected ones, by likeness alone: where no block is equal.
 *
 * @param at - In the segment, at least {@link probeBytes} before its end.
 * @param second - May be {@link none}.
 * @returns the shift by which the bytes at `at` are most like the old file's; {@link none} where they are not like them
 */
export function findNear(at: i32, first: i64, second: i64): i64 {
  if (isLike(at, first)) return first;
  if (second !== none && isLike(at, second)) return second;
  const found = findAround(at, first);
  if (found !== none || second === none) return found;
  return abs(first - second) < reach / 2 ? none : findAround(at, second);
}

/** Whether what stands at a shift, and begins in the old file, is like the probe at `at`. */
function isLike(at: i32, shift: i64): bool {
  return likeness(at, shift, probeBytes, 1) >= leastEqual && shift + at >= 0;
}

/** The share of equal bytes in a length, by some of them. */
export function shareOf(at: i32, shift: i64, length: i32): f64 {
  const looked = (length + shareStride - 1) / shareStride;
  return <f64>likeness(at, shift, length, shareStride) / <f64>looked;
}

/** The same as {@link findNear}, near one place, whether or not it is like what stands there. */
export function findAround(at: i32, expected: i64): i64 {
  if (spent > stepsForEach * size) return none;
  if (spentInVain > vainStepsForEach * size) return none;
  const before = steps;
  const low = max<i64>(0, expected + at - reach);
  const high = min<i64>(oldSize, expected + at + reach + probeBytes);
  let found = none;
  if (high - low >= probeBytes) {
    const count = likePlaces(at, around(low, <i32>(high - low)), <i32>(high - low) - probeBytes);
    const most = min(aheadBytes, size - at);
    let best = -1;
    for (let i = 0; i < count; i += 1) {
      const shift = low + (load<u32>(places + ((<usize>i) << 2)) >> 9) - at;
      const alike = likeness(at, shift, most, aheadStride);
      const isNearer = abs(shift - expected) < abs(found - expected);
      if (alike > best || (alike === best && isNearer)) {
        best = alike;
        found = shift;
      }
    }
  }
  spent += steps - before;
  if (found === none) spentInVain += steps - before;
  return found;
}

/** How many bytes are equal, of those in a length at a stride. */
function likeness(at: i32, shift: i64, length: i32, stride: i32): i32 {
  const end = at + length;
  let equal = 0;
  let i = at;
  if (holds(old, shift + at, length)) {
    const beside = placeOf(old, shift + at) - at;
    if (stride === 1) {
      for (; i <= end - 16; i += 16) equal += popcnt(equalMask(bytes + i, beside + i));
    }
    for (; i < end; i += stride) equal += i32(load<u8>(bytes + i) === load<u8>(beside + i));
  } else {
    for (; i < end; i += stride) equal += i32(byteAt(old, shift + i) === <i32>load<u8>(bytes + i));
  }
  addSteps((length + stride - 1) / stride);
  return equal;
}

/**
 * Lists where in `around` stands what is like the probe at `at`: the places where most bytes are equal, or nearly as many.
 * Zeros are everywhere, so it is by other bytes that places are found.
 *
 * @returns how many of {@link places} there are
 */
function likePlaces(at: i32, around: usize, last: i32): i32 {
  if (!tellOffsets(at)) return 0;
  const probe = bytes + at;
  let end = places;
  let best = 0;
  let looked = 0;
  for (let start = 0; start <= last; start += 16) {
    let likely = likelyPlaces(probe, around + start);
    if (last - start < 15) likely &= (1 << (last - start + 1)) - 1;
    for (; likely !== 0; likely &= likely - 1) {
      const place = start + ctz(likely);
      let equal = 0;
      for (let sample = 0; sample < samples; sample += 1) {
        const offset = <usize>load<u8>(offsets + sample);
        equal += i32(load<u8>(around + place + offset) === load<u8>(probe + offset));
      }
      looked += samples;
      if (equal < leastOfSamples) continue;
      equal = 0;
      for (let offset = 0; offset < probeBytes; offset += 16) {
        equal += popcnt(equalMask(around + place + offset, probe + offset));
      }
      looked += probeBytes;
      if (equal < leastEqual) continue;
      best = max(best, equal);
      store<u32>(end, (place << 9) | equal);
      end += 4;
    }
  }
  addSteps(firstSamples * (last + 1) + looked);
  return keepBest(end, best);
}

/** One bit for each of sixteen places: 1 where enough of the first samples are equal. */
function likelyPlaces(probe: usize, around: usize): i32 {
  let equal = i8x16.splat(0);
  for (let sample = 0; sample < firstSamples; sample += 1) {
    const offset = <usize>load<u8>(offsets + sample);
    equal = i8x16.sub(
      equal,
      i8x16.eq(v128.load(around + offset), v128.load_splat<u8>(probe + offset)),
    );
  }
  return i8x16.bitmask(i8x16.gt_u(equal, i8x16.splat(<i8>(leastOfFirst - 1))));
}

function keepBest(end: usize, best: i32): i32 {
  let count = 0;
  for (let item = places; item < end && count < mostPlaces; item += 4) {
    const place = load<u32>(item);
    if (<i32>(place & 511) < best - 8) continue;
    store<u32>(places + ((<usize>count) << 2), place);
    count += 1;
  }
  return count;
}

/**
 * Where in the probe at `at` are bytes other than zero: so many, from all over it, and first some that are far apart.
 *
 * @returns whether there are enough
 */
function tellOffsets(at: i32): bool {
  // Where the places will be.
  const telling = places;
  let count = 0;
  for (let offset = 0; offset < probeBytes; offset += 1) {
    store<u8>(telling + count, offset);
    count += i32(load<u8>(bytes + at + offset) !== 0);
  }
  if (count < samples) return false;
  const step = <f64>count / <f64>samples;
  for (let i = 0; i < samples; i += 1) {
    // An odd factor: each sample once, in an order that leaps.
    const sample = <i32>(<f64>((i * 13) % samples) * step);
    store<u8>(offsets + i, load<u8>(telling + sample));
  }
  return true;
}

/** Where so many of the old bytes from `position` on are in a row. */
function around(position: i64, length: i32): usize {
  if (holds(old, position, length)) return placeOf(old, position);
  for (let done = 0; done < length; ) {
    const from = position + done;
    if (from < old.start || from >= old.end) move(old, from);
    const part = <i32>min<i64>(old.end - from, length - done);
    memory.copy(room + done, placeOf(old, from), part);
    done += part;
  }
  return room;
}
