import { PatchError } from "@potassium/core-types";
import { type WasmMemory, webAssembly } from "../web-assembly.js";
import { type IndexShape, indexBytes } from "./index-shape.js";

/** What the memory of the matching is to hold. */
export interface MatcherShape extends IndexShape {
  readonly oldBytes: number;
  /** Whether the old file is held in memory whole. */
  readonly wholeOld: boolean;
  /** Memory for pages of an old file that is not, in each of two views. */
  readonly pagesBytes: number;
  /** The longest segment that is matched. */
  readonly segmentBytes: number;
  /** How many threads may match. */
  readonly threads: number;
}

/** Where everything is in the memory that the threads share. */
export interface MatcherLayout {
  /** A number that each thread raises, to have an area of its own. */
  readonly counter: number;
  readonly index: number;
  /** 0: the old file is not in memory whole. */
  readonly old: number;
  readonly areas: number;
  readonly areaBytes: number;
  readonly totalBytes: number;
}

const wasmPage = 2 ** 16;
/** As far as addresses of 32 bits reach, less what may be read behind the last area's end. */
const mostBytes = 2 ** 32 - wasmPage;
const firstBytes = 1024;
/** Of each page slot beside the page: its number. */
const slotBytes = 2 ** 14;
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/**
 * What a thread has for itself: the segment, its differences, and their three sections, none of which is longer; two lists of
 * 24 bytes for a cover, of which there are at most a sixth of the bytes; pages; and some room for its search. Most of it is for
 * the worst case, and takes nothing while it is not touched.
 */
const areaSize = ({ segmentBytes, wholeOld, pagesBytes }: MatcherShape): number => {
  const slots = wholeOld ? 0 : slotsOf(pagesBytes);
  return aligned(13 * segmentBytes + 2 * slots * (slotBytes + 8) + 2 ** 19);
};

/** How many pages each view keeps. */
export const slotsOf = (pagesBytes: number): number =>
  Math.max(1, Math.floor(pagesBytes / slotBytes));

export function layOut(shape: MatcherShape): MatcherLayout {
  const areaBytes = areaSize(shape);
  const old = aligned(firstBytes + indexBytes(shape.places));
  const areas = shape.wholeOld ? aligned(old + shape.oldBytes + 64) : old;
  const totalBytes = areas + shape.threads * areaBytes;
  const first = { counter: 16, index: firstBytes, old: shape.wholeOld ? old : 0 };
  return { ...first, areas, areaBytes, totalBytes };
}

/** How many threads fit into one memory. */
export function mostThreads(shape: Omit<MatcherShape, "threads">): number {
  const { areas, areaBytes } = layOut({ ...shape, threads: 0 });
  return Math.floor((mostBytes - areas) / areaBytes);
}

/**
 * Memory for all threads, all 0. What is not touched takes nothing but addresses.
 *
 * @throws `TOO_LARGE` where the process may not have the addresses
 */
export function makeMatcherMemory(shape: MatcherShape): WasmMemory {
  const pages = Math.ceil(layOut(shape).totalBytes / wasmPage) + 1;
  try {
    return new webAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    const problem = "there are no addresses left for the memory of the threads (see ulimit -v)";
    throw new PatchError("TOO_LARGE", problem, { cause });
  }
}
