import { PatchError } from "@potassium/core-types";
import { copyBytes } from "../../apply/copy-bytes.js";
import type { SectionReader } from "../../codec/section-reader.js";
import type { PatchLimits } from "../../patch-limits.js";
import type { ByteWindow } from "../byte-window.js";
import { corruptPatch } from "../corrupt-patch.js";
import { sectionPlace } from "../section-place.js";
import { maxVarintBytes, readVarint, varintProblems } from "../varint.js";
import type { HdiffSf20Header } from "./hdiffsf20-header.js";
import { StepDifferences } from "./step-differences.js";

/** The covers and differences of one step. Its new data follows in the body. */
export interface Step {
  readonly covers: ByteWindow;
  readonly differences: StepDifferences;
  /** Where it begins in the patch file; of its covers, if they are stored plainly. */
  readonly place: number;
}

/** Reads the steps of an HDIFFSF20 patch, each whole into memory. */
export class StepReader {
  readonly #header: HdiffSf20Header;
  readonly #body: SectionReader;
  #buffer = new Uint8Array(4096);

  /** @throws `TOO_LARGE` where the steps need more memory than the limit */
  constructor(header: HdiffSf20Header, body: SectionReader, limits: PatchLimits) {
    const { stepBytes } = header;
    if (stepBytes > limits.maxWindowBytes) {
      throw new PatchError(
        "TOO_LARGE",
        `the patch has steps of ${stepBytes} bytes, over the limit of ${limits.maxWindowBytes} (maxWindowBytes)`,
      );
    }
    this.#header = header;
    this.#body = body;
  }

  /** @throws `CORRUPT_PATCH` */
  async next(): Promise<Step> {
    const body = this.#body;
    const left = this.#bodyLeft();
    await body.need(Math.min(2 * maxVarintBytes, left));
    const coverBytes = this.#readCount("covers");
    const rleBytes = this.#readCount("rle");
    const { stepBytes } = this.#header;
    if (coverBytes > stepBytes || rleBytes > stepBytes - coverBytes) {
      throw this.#corrupt("a step is larger than the header says");
    }
    if (coverBytes === 0) throw this.#corrupt("a step without covers");
    const stepLength = coverBytes + rleBytes;
    if (stepLength > this.#bodyLeft()) throw this.#corrupt("a step goes on behind the body's end");
    const place = sectionPlace(this.#header.sections[0], body.position);
    await this.#load(stepLength);
    const buffer = this.#buffer;
    return {
      covers: { buffer, start: 0, end: coverBytes },
      differences: new StepDifferences({ buffer, start: coverBytes, end: stepLength }, place),
      place,
    };
  }

  #readCount(what: string): number {
    const count = readVarint(this.#body, 0);
    if (count >= 0) return count;
    throw this.#corrupt(`the size of a step's ${what}: ${varintProblems[count]}`);
  }

  async #load(count: number): Promise<void> {
    const body = this.#body;
    for (let done = 0; done < count; ) {
      if (body.start === body.end && !(await body.fill())) {
        throw this.#corrupt("a step goes on behind the body's end");
      }
      const taken = Math.min(count - done, body.end - body.start);
      // Grows with what came, not with what a step says of itself.
      if (done + taken > this.#buffer.length) {
        const larger = new Uint8Array(Math.max(done + taken, 2 * this.#buffer.length));
        larger.set(this.#buffer.subarray(0, done));
        this.#buffer = larger;
      }
      copyBytes(body.buffer, body.start, this.#buffer, done, taken);
      body.start += taken;
      done += taken;
    }
  }

  #bodyLeft(): number {
    return (this.#header.sections[0].rawBytes ?? 0) - this.#body.position;
  }

  #corrupt(problem: string): Error {
    const place = sectionPlace(this.#header.sections[0], this.#body.position);
    return corruptPatch("body", problem, place);
  }
}
