import type { IndexShare } from "./index-shape.js";
import {
  type MatcherInstance,
  type MatcherSetting,
  openInstance,
  type ReadOld,
} from "./matcher-instance.js";

/** What one segment of the new file puts into a patch. */
export interface SegmentParts {
  /** Three numbers for each cover: the old position, the new one, the length. */
  readonly covers: Float64Array;
  readonly control: Uint8Array;
  readonly code: Uint8Array;
  readonly fresh: Uint8Array;
}

/** How much of an old file that is not held in memory is read at once, to be indexed: a multiple of any step. */
const readAtOnce = 2 ** 20;
/** What a block has, as in `assembly/match/block-hash.ts`: the last one that begins in a piece may end behind it. */
const blockBytes = 16;

/** The matching in one thread: an instance of the module, with an area of the memory for itself. */
export class Matcher {
  readonly #setting: MatcherSetting;
  readonly #readOld: ReadOld;
  readonly #instance: MatcherInstance;

  /** @param readOld - What it throws, the methods throw. */
  constructor(setting: MatcherSetting, readOld: ReadOld) {
    this.#setting = setting;
    this.#readOld = readOld;
    this.#instance = openInstance(setting, readOld);
  }

  /** The memory of a stretch of the old file that is held whole, to be filled before anything else is done. */
  oldBytes(position: number, length: number): Uint8Array {
    return this.#room(this.#instance.layout.old + position, length);
  }

  /** Adds the blocks of the old file whose places are of the share. */
  indexBlocks({ number, count }: IndexShare): void {
    const { wholeOld, oldBytes } = this.#setting;
    const { indexBlocks, segment } = this.#instance.exports;
    const shareBits = Math.log2(count);
    if (wholeOld) {
      indexBlocks(this.#instance.layout.old, oldBytes, 0, oldBytes, number, shareBits);
      return;
    }
    // What there is for a segment and its sections is one room.
    for (let start = 0; start < oldBytes; start += readAtOnce) {
      const length = Math.min(readAtOnce + blockBytes, oldBytes - start);
      this.#readOld(start, this.#room(segment.value, length));
      indexBlocks(segment.value, length, start, readAtOnce, number, shareBits);
    }
  }

  /** Where the bytes of the segment go that is matched next. */
  segment(length: number): Uint8Array {
    if (length > this.#setting.segmentBytes) throw new Error("the segment is too long");
    return this.#room(this.#instance.exports.segment.value, length);
  }

  /** Covers the segment of so many bytes that stands at `position` in the new file, and encodes what is left of it. */
  match(length: number, position: number): SegmentParts {
    const module = this.#instance.exports;
    module.openSegment(length, position);
    module.find();
    module.realign();
    module.splitCovers();
    module.dropWeak();
    module.encode();
    const covers = this.#room(module.covers(), 24 * module.coverCount()).slice();
    return {
      covers: new Float64Array(covers.buffer),
      control: this.#room(module.control.value, module.controlBytes()).slice(),
      code: this.#room(module.code.value, module.codeBytes()).slice(),
      fresh: this.#room(module.fresh.value, module.freshBytes.value).slice(),
    };
  }

  /** How many bytes were looked at to match the last segment: what tests hold to account, where a clock would lie. */
  get steps(): number {
    return this.#instance.exports.work();
  }

  /** @param at - An address that the module gave: with its highest bit it is below 0. */
  #room(at: number, length: number): Uint8Array<SharedArrayBuffer> {
    return this.#instance.bytes.subarray(at >>> 0, (at >>> 0) + length);
  }
}
