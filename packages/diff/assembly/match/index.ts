// What the threads call: one instance for each, all on one memory, in which each has an area of its own.
import { batchBytes, indexBlocks as indexInBatches } from "./block-index";
import { lookupBytes, openLookup } from "./block-lookup";
import { Cover, CoverList, listBytes } from "./cover-list";
import { putDifferences, putFresh } from "./differences";
import { dropWeakCovers, openDropWeak, seenBytes } from "./drop-weak";
import { code as codeEnd, control as controlEnd, encodeRuns } from "./encode-runs";
import { overflow } from "./host";
import { matchSegment } from "./match-segment";
import { nearShiftBytes, openNearShift } from "./near-shift";
import { OldView, openPaged, openWhole, setOldSize, viewBytes } from "./old-view";
import { realign as realignCovers } from "./realign";
import { openSegment as openSegmentAt, size, steps } from "./segment";
import { splitCovers as splitAll } from "./split-covers";

// What the matching is made of, for its tests.
export { blockHashes } from "./block-hash";
export { openIndex } from "./block-index";
export { encodeRuns } from "./encode-runs";
export { equalForward } from "./equal-bytes";
export { extendBackward, extendForward } from "./extend";
export { isBetter } from "./is-better";
export { longestCandidate } from "./longest-candidate";
export { byteAt, move } from "./old-view";
export { firstLeft, secondLeft, splitOverlap } from "./split-overlap";
export { takeBack } from "./take-back";

/** So many bytes behind a segment, and behind pages, may be read, whatever they are. */
const readBehind: i32 = 64;

let batch: usize = 0;
export let segment: usize = 0;
export let differences: usize = 0;
export let control: usize = 0;
export let code: usize = 0;
export let fresh: usize = 0;
export let freshBytes: i32 = 0;
export let found: CoverList = changetype<CoverList>(0);
let spare: CoverList = changetype<CoverList>(0);
export let present: OldView = changetype<OldView>(0);
export let other: OldView = changetype<OldView>(0);

let free: usize = 0;

function take(length: i32): usize {
  const at = free;
  free += (<usize>length + 15) & ~15;
  return at;
}

/** @param most - The covers are at least eight bytes long where they are found. What is made of them later cuts them up into pieces of 64 bytes and more. */
function takeList(most: i32): CoverList {
  const list = changetype<CoverList>(take(<i32>listBytes));
  list.covers = take(most * <i32>offsetof<Cover>());
  list.count = 0;
  list.most = most;
  return list;
}

/**
 * Lays out a thread's area, from `area` to before `end`, for segments of up to so many bytes.
 *
 * @param whole - Where the old file is that is in memory whole; 0 where pages of it are kept, in so many slots for each view.
 */
export function openArea(
  area: usize,
  end: usize,
  segmentBytes: i32,
  oldBytes: f64,
  whole: usize,
  slots: i32,
): void {
  free = area;
  batch = take(batchBytes);
  openLookup(take(lookupBytes));
  openNearShift(take(nearShiftBytes));
  openDropWeak(take(seenBytes));
  segment = take(segmentBytes + readBehind);
  differences = take(segmentBytes);
  control = take(segmentBytes);
  code = take(segmentBytes);
  fresh = take(segmentBytes);
  const most = segmentBytes / 6 + 16;
  found = takeList(most);
  spare = takeList(most);
  setOldSize(<i64>oldBytes);
  present = takeView(whole, slots);
  other = takeView(whole, slots);
  if (free > end) overflow();
}

function takeView(whole: usize, slots: i32): OldView {
  const view = changetype<OldView>(take(<i32>viewBytes));
  if (whole !== 0) openWhole(view, whole);
  else {
    const pages = take(8 * slots);
    openPaged(view, take((slots << 14) + readBehind), slots, pages);
  }
  return view;
}

export function indexBlocks(
  bytes: usize,
  length: i32,
  position: f64,
  begins: i32,
  share: i32,
  shareBits: i32,
): void {
  indexInBatches(bytes, length, position, begins, share, shareBits, batch);
}

/** Begins with the segment whose bytes are at {@link segment}. */
export function openSegment(length: i32, position: f64): void {
  openSegmentAt(segment, length, <i64>position);
}

/** Finds the covers of the segment. */
export function find(): void {
  matchSegment(found, present, other);
}

export function realign(): void {
  realignCovers(found, spare, present);
  swapLists();
}

export function splitCovers(): void {
  splitAll(found, spare, present);
  swapLists();
}

export function dropWeak(): void {
  dropWeakCovers(found, present);
}

function swapLists(): void {
  const full = spare;
  spare = found;
  found = full;
}

export function encode(): void {
  putDifferences(found, present, differences);
  encodeRuns(differences, size, control, code);
  freshBytes = putFresh(found, fresh);
}

export function covers(): usize {
  return found.covers;
}
export function coverCount(): i32 {
  return found.count;
}
export function controlBytes(): i32 {
  return <i32>(controlEnd - control);
}
export function codeBytes(): i32 {
  return <i32>(codeEnd - code);
}
/** How many bytes were looked at to match the segment. */
export function work(): f64 {
  return <f64>steps;
}
