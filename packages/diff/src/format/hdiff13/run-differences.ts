import { addBytes, addToEach } from "../../apply/add-bytes.js";
import type { Differences } from "../../apply/differences.js";
import type { Section } from "../../codec/section.js";
import type { SectionReader } from "../../codec/section-reader.js";
import { corruptPatch } from "../corrupt-patch.js";
import { sectionPlace } from "../section-place.js";
import { maxVarintBytes, readVarint, varintProblems } from "../varint.js";

/** A section, and what reads it. */
export interface OpenedSection {
  readonly section: Section;
  readonly reader: SectionReader;
}

/** The kinds of runs, as the top two bits of a control byte have them. */
const [zeros, ones, repeated] = [0, 1, 2];

/**
 * The differences of an HDIFF13 patch: runs of zeros, of 255, of one byte, and of bytes as they are. They go
 * through the whole of the new file, also where it is new data; there they have no meaning.
 */
export class RunDifferences implements Differences {
  readonly #control: SectionReader;
  readonly #controlSection: Section;
  readonly #code: SectionReader;
  readonly #codeSection: Section;
  /** Bytes of the new file that no run speaks of yet. */
  #unspoken: number;
  /** What is left of the present run. */
  #run = 0;
  #kind = zeros;
  #value = 0;

  constructor(control: OpenedSection, code: OpenedSection, newBytes: number) {
    this.#control = control.reader;
    this.#controlSection = control.section;
    this.#code = code.reader;
    this.#codeSection = code.section;
    this.#unspoken = newBytes;
  }

  add(buffer: Uint8Array, start: number, end: number): number {
    let place = start;
    while (place < end) {
      if (this.#run === 0 && !this.#nextRun()) return place;
      let count = Math.min(end - place, this.#run);
      const kind = this.#kind;
      if (kind > repeated) {
        const code = this.#code;
        count = Math.min(count, code.end - code.start);
        if (count === 0) return place;
        addBytes(code.buffer, code.start, buffer, place, count);
        code.start += count;
      } else if (kind !== zeros) {
        addToEach(buffer, place, place + count, this.#value);
      }
      this.#run -= count;
      place += count;
    }
    return end;
  }

  /** Leaves out up to `count` differences. @returns how many */
  skip(count: number): number {
    let done = 0;
    while (done < count) {
      if (this.#run === 0 && !this.#nextRun()) return done;
      let skipped = Math.min(count - done, this.#run);
      if (this.#kind > repeated) {
        skipped = Math.min(skipped, this.#code.end - this.#code.start);
        if (skipped === 0) return done;
        this.#code.start += skipped;
      }
      this.#run -= skipped;
      done += skipped;
    }
    return done;
  }

  async refill(): Promise<void> {
    if (this.#run === 0 && !this.#isControlReady()) {
      const left = this.#controlLeft();
      if (left === 0) throw this.#corrupt("it ends before the new file does");
      await this.#control.need(Math.min(maxVarintBytes, left));
    } else if (this.#code.start === this.#code.end && !(await this.#code.fill())) {
      const { name } = this.#codeSection;
      throw corruptPatch(name, "it ends before its runs do", this.#codeSection.offset);
    }
  }

  /** @throws `CORRUPT_PATCH` where anything is left over */
  async expectEnd(): Promise<void> {
    if (this.#run > 0) throw this.#corrupt("a run goes on behind the new file's end");
    await this.#control.expectEnd();
    await this.#code.expectEnd();
  }

  /** Begins the next run; `false` where `refill()` must come first. */
  #nextRun(): boolean {
    const control = this.#control;
    if (!this.#isControlReady()) return false;
    const first = control.buffer[control.start] as number;
    const kind = first >> 6;
    const isRepeated = kind === repeated;
    if (isRepeated && this.#code.start === this.#code.end) return false;
    let value = first & 0x1f;
    // Most runs are short: one byte tells them.
    if ((first & 0x20) === 0) control.start += 1;
    else value = readVarint(control, 2);
    if (value < 0) throw this.#corrupt(varintProblems[value] ?? "");
    if (value >= this.#unspoken) throw this.#corrupt("a run goes on behind the new file's end");
    this.#run = value + 1;
    this.#unspoken -= this.#run;
    this.#kind = kind;
    if (isRepeated) this.#value = this.#code.buffer[this.#code.start++] as number;
    else if (kind === ones) this.#value = 0xff;
    return true;
  }

  #isControlReady(): boolean {
    const inMemory = this.#control.end - this.#control.start;
    return inMemory >= maxVarintBytes || (inMemory > 0 && inMemory === this.#controlLeft());
  }

  #controlLeft(): number {
    return (this.#controlSection.rawBytes ?? 0) - this.#control.position;
  }

  #corrupt(problem: string): Error {
    const place = sectionPlace(this.#controlSection, this.#control.position);
    return corruptPatch(this.#controlSection.name, problem, place);
  }
}
