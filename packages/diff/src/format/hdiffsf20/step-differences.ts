import { addBytes } from "../../apply/add-bytes.js";
import type { Differences } from "../../apply/differences.js";
import type { ByteWindow } from "../byte-window.js";
import { corruptPatch } from "../corrupt-patch.js";
import { readVarint, varintProblems } from "../varint.js";

/** How many counts of nothing may follow the last that is used. */
const spareCounts = 16;

/**
 * The differences of one step of an HDIFFSF20 patch, all in memory: by turns the number of zeros, and that of
 * bytes as they are with those behind it. They speak of bytes in covers only.
 */
export class StepDifferences implements Differences {
  readonly #window: ByteWindow;
  readonly #place: number;
  #zeros = 0;
  #literals = 0;
  #zerosNext = true;
  #lastCount = 1;

  /** @param place - Where the step is in the patch file, for an error. */
  constructor(window: ByteWindow, place: number) {
    this.#window = window;
    this.#place = place;
  }

  add(buffer: Uint8Array, start: number, end: number): number {
    for (let place = start; place < end; ) {
      const left = end - place;
      if (this.#zeros > 0) {
        const count = Math.min(left, this.#zeros);
        this.#zeros -= count;
        place += count;
      } else if (this.#literals > 0) {
        const count = Math.min(left, this.#literals);
        addBytes(this.#window.buffer, this.#window.start, buffer, place, count);
        this.#window.start += count;
        this.#literals -= count;
        place += count;
      } else {
        const before = this.#lastCount;
        this.#nextRun();
        // Nothing writes that, and a step of some bytes can hold millions of them.
        if (before === 0 && this.#lastCount === 0)
          throw this.#corrupt("a count of nothing too many");
      }
    }
    return end;
  }

  async refill(): Promise<void> {
    throw this.#corrupt("it ends before its covers do");
  }

  /** @throws `CORRUPT_PATCH` where more is left than counts of nothing */
  expectEnd(): void {
    const window = this.#window;
    for (let spare = spareCounts; spare > 0 && window.start < window.end; spare -= 1) {
      if (this.#zeros > 0 || this.#literals > 0) break;
      this.#nextRun();
    }
    if (this.#zeros > 0 || this.#literals > 0 || window.start < window.end)
      throw this.#corrupt("bytes are left over");
  }

  #nextRun(): void {
    const window = this.#window;
    if (window.start === window.end) throw this.#corrupt("it ends before its covers do");
    const count = readVarint(window, 0);
    if (count < 0) throw this.#corrupt(varintProblems[count] ?? "");
    this.#lastCount = count;
    if (this.#zerosNext) this.#zeros = count;
    else if (count <= window.end - window.start) this.#literals = count;
    else throw this.#corrupt("a run of bytes goes on behind its end");
    this.#zerosNext = !this.#zerosNext;
  }

  #corrupt(problem: string): Error {
    return corruptPatch("rle of a step", problem, this.#place);
  }
}
