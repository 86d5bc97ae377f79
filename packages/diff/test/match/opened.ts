import { CoverList } from "../../src/match/cover-list.js";
import { filterBits, type IndexShape, indexShape } from "../../src/match/index-shape.js";
import {
  type MatcherExports,
  type MatcherInstance,
  openInstance,
  type ReadOld,
  type WasmGlobal,
} from "../../src/match/matcher-instance.js";
import { makeMatcherMemory } from "../../src/match/matcher-memory.js";
import { matcherModule } from "../../src/match/matcher-module.js";

const matcher = await matcherModule();

export const pageBytes = 2 ** 14;
/** The patience of an extension that holds on to the end. */
export const endless = 2 ** 31 - 1;

type View = number;

/** The parts that the matching is made of, as the module has them. Views and lists are addresses. */
export interface MatcherParts extends MatcherExports {
  readonly present: WasmGlobal;
  readonly other: WasmGlobal;
  readonly found: WasmGlobal;
  readonly differences: WasmGlobal;
  readonly firstLeft: WasmGlobal;
  readonly secondLeft: WasmGlobal;
  blockHashes(at: number, count: number, hashes: number): void;
  byteAt(view: View, position: bigint): number;
  move(view: View, position: bigint): void;
  equalForward(at: number, view: View, oldAt: bigint): number;
  extendForward(at: number, view: View, oldAt: bigint, most: number, patience: number): number;
  extendBackward(at: number, view: View, oldAt: bigint, most: number, patience: number): number;
  isBetter(
    at: number,
    present: View,
    presentAt: bigint,
    other: View,
    otherAt: bigint,
    most: number,
  ): number;
  longestCandidate(at: number, hash: number, view: View, expectedAt: bigint): bigint;
  splitOverlap(
    began: number,
    firstBytes: number,
    firstShift: bigint,
    firstView: View,
    from: number,
    secondBytes: number,
    secondShift: bigint,
    secondView: View,
  ): void;
  takeBack(
    list: number,
    began: number,
    shift: bigint,
    stretchBytes: number,
    present: View,
    from: number,
    newShift: bigint,
    view: View,
  ): number;
  encodeRuns(differences: number, size: number, control: number, code: number): void;
}

/** An old file that is nowhere whole. */
export interface FarFile {
  readonly sizeBytes: number;
  readonly read: ReadOld;
}

export interface OpenedOptions {
  /** How many pages each view keeps. @default the file is in memory whole */
  readonly pages?: number | undefined;
  readonly index?: IndexShape | undefined;
  /** @default 2 ** 18 */
  readonly segmentBytes?: number | undefined;
  /** @default 1 */
  readonly threads?: number | undefined;
}

/** The module, opened on an old file, with whatever segments one after the other. */
export class Opened {
  readonly parts: MatcherParts;
  readonly shape: IndexShape;
  readonly #instance: MatcherInstance;

  constructor(old: Uint8Array | FarFile, options: OpenedOptions = {}) {
    const { pages, segmentBytes = 2 ** 18, threads = 1 } = options;
    const file = old instanceof Uint8Array ? fileOf(old) : old;
    this.shape = options.index ?? indexShape(file.sizeBytes, 8, 2 ** 20);
    const shape = {
      ...{ ...this.shape, oldBytes: file.sizeBytes, segmentBytes, threads },
      ...{ wholeOld: pages === undefined, pagesBytes: (pages ?? 0) * pageBytes },
    };
    const setting = { ...shape, memory: makeMatcherMemory(shape), matcher };
    this.#instance = openInstance(setting, file.read);
    this.parts = this.#instance.exports as MatcherParts;
    if (pages === undefined) file.read(0, this.room(this.#instance.layout.old, file.sizeBytes));
  }

  room(at: number | WasmGlobal, length: number): Uint8Array<SharedArrayBuffer> {
    const place = (typeof at === "number" ? at : at.value) >>> 0;
    return this.#instance.bytes.subarray(place, place + length);
  }

  get steps(): number {
    return this.parts.work();
  }

  /** Begins with another segment. */
  open(next: Uint8Array, position = 0): this {
    this.room(this.parts.segment, next.length).set(next);
    this.parts.openSegment(next.length, position);
    return this;
  }

  /** What was found so far. */
  get covers(): CoverList {
    const numbers = this.room(this.parts.covers(), 24 * this.parts.coverCount()).slice();
    return new CoverList(new Float64Array(numbers.buffer));
  }

  set covers({ numbers, count }: CoverList) {
    this.room(this.parts.covers(), numbers.byteLength).set(new Uint8Array(numbers.buffer));
    // Where the list begins stands the place of its covers, and then their count.
    const list = new DataView(this.#instance.bytes.buffer, this.parts.found.value >>> 0);
    list.setInt32(4, count, true);
  }

  /** Adds blocks of the old file to the index: those that begin in the first of some bytes. */
  index(bytes: Uint8Array, position = 0, begins = bytes.length, share = wholeShare): this {
    // As it is done with a file that is nowhere whole: there is room for a segment and its sections.
    const { segment, indexBlocks } = this.parts;
    this.room(segment, bytes.length).set(bytes);
    const shareBits = Math.log2(share.count);
    indexBlocks(segment.value, bytes.length, position, begins, share.number, shareBits);
    return this;
  }

  /** The places of the index. */
  get table(): Int32Array {
    const { places } = this.shape;
    return new Int32Array(this.room(this.#instance.layout.index, 4 * places).slice().buffer);
  }

  get filter(): Int32Array {
    const { places } = this.shape;
    const at = this.#instance.layout.index + 4 * places;
    return new Int32Array(this.room(at, filterBits(places) / 8).slice().buffer);
  }

  /** The hash of the first block of some bytes. */
  hashOf(bytes: Uint8Array): number {
    const { segment, differences, blockHashes } = this.parts;
    this.room(segment, 16).set(bytes.subarray(0, 16));
    blockHashes(segment.value, 1, differences.value);
    return new Uint32Array(this.room(differences, 4).slice().buffer)[0] as number;
  }

  /** What is in the window of a view. */
  window({ value }: WasmGlobal): { start: number; end: number; bytes: Uint8Array } {
    const fields = new DataView(this.#instance.bytes.buffer, value >>> 0, 20);
    const [start, end] = [Number(fields.getBigInt64(0, true)), Number(fields.getBigInt64(8, true))];
    return { start, end, bytes: this.room(fields.getUint32(16, true), end - start) };
  }

  byteAt(position: number): number {
    return this.parts.byteAt(this.parts.present.value, BigInt(position));
  }

  move(position: number): void {
    this.parts.move(this.parts.present.value, BigInt(position));
  }

  equalForward(at: number, oldAt: number): number {
    return this.parts.equalForward(at, this.parts.present.value, BigInt(oldAt));
  }

  extendForward(at: number, oldAt: number, most: number, patience = endless): number {
    const view = this.parts.present.value;
    return this.parts.extendForward(at, view, BigInt(oldAt), most, patience);
  }

  extendBackward(at: number, oldAt: number, most: number, patience = endless): number {
    const view = this.parts.present.value;
    return this.parts.extendBackward(at, view, BigInt(oldAt), most, patience);
  }
}

const wholeShare = { number: 0, count: 1 };

function fileOf(bytes: Uint8Array): FarFile {
  const read = (position: number, target: Uint8Array) =>
    target.set(bytes.subarray(position, position + target.length));
  return { sizeBytes: bytes.length, read };
}
