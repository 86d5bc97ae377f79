import { CoverList } from "./cover-list.js";
import { extendBackward, extendForward } from "./extend.js";
import { NearShift } from "./near-shift.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";
import { splitOverlap } from "./split-overlap.js";

/** Shorter gaps are left as they are. */
const leastGap = 2 ** 10;
/** Covers are looked at piece by piece. */
const pieceBytes = 2 ** 12;
/** Of a piece of a cover, the share of equal bytes below which a better alignment is looked for, and how much better it must be. */
const poorShare = 0.8;
const leastGain = 0.08;
/** How far behind its best place the score of a stretch may fall before it is no longer followed. */
const patience = 256;
/** How much of a stretch must be found for it to be a cover. */
const leastFilled = 64;

/**
 * Finds alignments where no block is equal: in the gaps between covers, and instead of those that are far from equal. In a table
 * of pointers, each of which moved by as much, hardly any sixteen bytes in a row are the same. Such a stretch mostly stands near to
 * where its neighbours do.
 */
export function realign(segment: Segment, covers: CoverList, old: OldView): CoverList {
  const realigned = new Realigned(segment, old);
  let end = 0;
  let shift = segment.position;
  for (let cover = 0; cover < covers.count; cover += 1) {
    const began = covers.newPosition(cover) - segment.position;
    const next = covers.oldPosition(cover) - began;
    realigned.addGap(end, began, [shift, next]);
    end = began + covers.length(cover);
    realigned.addCover(began, end, next);
    shift = next;
  }
  realigned.addGap(end, segment.bytes.length, [shift]);
  return realigned.covers;
}

class Realigned {
  readonly covers = new CoverList();
  readonly #segment: Segment;
  readonly #old: OldView;
  readonly #near: NearShift;

  constructor(segment: Segment, old: OldView) {
    this.#segment = segment;
    this.#old = old;
    this.#near = new NearShift(segment, old);
  }

  /** What is found of a gap. */
  addGap(from: number, until: number, shifts: readonly number[]): void {
    let expected = shifts;
    let start = from;
    let stride = pieceBytes;
    for (let at = from; until - at >= leastGap; ) {
      const shift = this.#near.find(at, expected);
      if (shift === undefined) {
        at += stride;
        stride *= 2;
        continue;
      }
      const [segment, old] = [this.#segment, this.#old];
      const behind = extendBackward(segment, at, old, at + shift, at - start, patience);
      const ahead = extendForward(segment, at, old, at + shift, until - at, patience);
      if (behind + ahead >= leastFilled) {
        this.#add(at - behind, at + ahead, shift);
        expected = [shift, ...shifts.slice(-1)];
        start = at + ahead;
        stride = pieceBytes;
      }
      at += Math.max(ahead, leastGap);
    }
  }

  /** A cover, with better alignments for the pieces of it that have any. */
  addCover(from: number, until: number, shift: number): void {
    let present = { began: from, shift };
    let other = shift;
    let stride = pieceBytes;
    for (let at = from; until - at >= pieceBytes; ) {
      const share = this.#near.share(at, shift, pieceBytes);
      const isPoor = share < poorShare;
      const isBetter = (one: number) =>
        one !== shift && this.#near.share(at, one, pieceBytes) > share + leastGain;
      let best = shift;
      if (isPoor) {
        const found = isBetter(other) ? other : this.#near.findAround(at, shift);
        if (found !== undefined && isBetter(found)) best = found;
      }
      if (best !== present.shift) present = this.#turn(present, at, best);
      if (best !== shift) other = best;
      stride = isPoor && best === shift ? 2 * stride : pieceBytes;
      at += isPoor ? stride : pieceBytes;
    }
    this.#add(present.began, until, present.shift);
  }

  /** Ends a stretch near to `at`, where another one explains more. */
  #turn(present: Stretch, at: number, shift: number): Stretch {
    const view = this.#old;
    const bytes = Math.min(pieceBytes, at - present.began, at + shift);
    const [kept, taken] = splitOverlap(
      this.#segment.bytes,
      { ...present, bytes: at - present.began, view },
      { from: at, shift, bytes, view },
    );
    this.#segment.work.steps += bytes;
    this.#add(present.began, present.began + kept, present.shift);
    return { began: at - taken, shift };
  }

  #add(from: number, until: number, shift: number): void {
    if (until > from) this.covers.add(from + shift, this.#segment.position + from, until - from);
  }
}

interface Stretch {
  readonly began: number;
  readonly shift: number;
}
