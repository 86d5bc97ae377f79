import { type WasmMemory, type WasmModule, webAssembly } from "../web-assembly.js";
import { filterBits } from "./index-shape.js";
import { layOut, type MatcherLayout, type MatcherShape, slotsOf } from "./matcher-memory.js";

/** Fills `target` with the old file's bytes from `position` on. */
export type ReadOld = (position: number, target: Uint8Array) => void;

/** What all threads have in common. */
export interface MatcherSetting extends MatcherShape {
  /** Laid out for the shape. */
  readonly memory: WasmMemory;
  readonly matcher: WasmModule;
}

/** A number that the module holds. Addresses with their highest bit are below 0. */
export interface WasmGlobal {
  readonly value: number;
}

/** What the module of `assembly/match/index.ts` exports. */
export interface MatcherExports {
  readonly segment: WasmGlobal;
  readonly control: WasmGlobal;
  readonly code: WasmGlobal;
  readonly fresh: WasmGlobal;
  readonly freshBytes: WasmGlobal;
  openIndex(at: number, placeBits: number, filterBits: number, stepBytes: number): void;
  openArea(
    area: number,
    end: number,
    segmentBytes: number,
    oldBytes: number,
    whole: number,
    slots: number,
  ): void;
  indexBlocks(
    bytes: number,
    length: number,
    position: number,
    begins: number,
    share: number,
    shareBits: number,
  ): void;
  openSegment(length: number, position: number): void;
  find(): void;
  realign(): void;
  splitCovers(): void;
  dropWeak(): void;
  encode(): void;
  covers(): number;
  coverCount(): number;
  controlBytes(): number;
  codeBytes(): number;
  work(): number;
}

/** The module in one thread, with an area of the memory for itself. */
export interface MatcherInstance {
  readonly exports: MatcherExports;
  readonly layout: MatcherLayout;
  /** All of the memory. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

export function openInstance(setting: MatcherSetting, readOld: ReadOld): MatcherInstance {
  const { memory, matcher, threads, places, stepBytes, segmentBytes, oldBytes } = setting;
  const layout = layOut(setting);
  const bytes = new Uint8Array(memory.buffer);
  const number = Atomics.add(new Int32Array(memory.buffer, layout.counter, 1), 0, 1);
  if (number >= threads) throw new Error(`the memory is laid out for ${threads} threads`);
  const host = {
    readOld: (position: number, target: number, length: number) =>
      readOld(position, bytes.subarray(target >>> 0, (target >>> 0) + length)),
    log2: Math.log2,
    exp: Math.exp,
    overflow: () => {
      throw new Error("an area of the memory is too small");
    },
  };
  const instance = new webAssembly.Instance(matcher, { env: { memory }, host });
  const exports = instance.exports as MatcherExports;
  exports.openIndex(layout.index, Math.log2(places), Math.log2(filterBits(places)), stepBytes);
  const area = layout.areas + number * layout.areaBytes;
  const slots = slotsOf(setting.pagesBytes);
  exports.openArea(area, area + layout.areaBytes, segmentBytes, oldBytes, layout.old, slots);
  return { exports, layout, bytes };
}
