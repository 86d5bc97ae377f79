import { byteAt } from "./is-better.js";
import type { OldView } from "./old-view.js";
import type { Segment } from "./segment.js";

/** How many bytes are compared to find places, and of them how many must be equal: of what is not alike, far fewer are. */
const probeBytes = 256;
const leastEqual = 176;
/** Of so many bytes of the probe, and of some of them at first, how many must be equal for a place to be looked at whole. */
const samples = 32;
const leastOfSamples = 10;
const firstSamples = 6;
const leastOfFirst = 2;
/** How far from the expected place is looked, each way. */
const reach = 2 ** 15;
/** By what lies so far ahead the best place is chosen: periodic tables look alike at many. Few bytes tell. */
const aheadBytes = 2 ** 15;
const aheadStride = 61;
/** Of so many places at most. */
const mostPlaces = 128;
/** By every so many bytes the share of equal ones is told. */
const shareStride = 13;
/** How many bytes may be looked at for each one of a segment, and of them where nothing is found: most of what is new is like nothing. */
const stepsForEach = 12;
const vainStepsForEach = 2;

/** Finds alignments near expected ones, by likeness alone: where no block is equal. */
export class NearShift {
  readonly #segment: Segment;
  readonly #old: OldView;
  /** The old bytes around an expected place. */
  readonly #room = new Uint8Array(2 * reach + probeBytes);
  #steps = 0;
  #vainSteps = 0;

  constructor(segment: Segment, old: OldView) {
    this.#segment = segment;
    this.#old = old;
  }

  /**
   * @param at - In the segment, at least {@link probeBytes} before its end.
   * @returns the shift by which the bytes at `at` are most like the old file's; `undefined` where they are not like them
   */
  find(at: number, expected: readonly number[]): number | undefined {
    for (const shift of expected) {
      if (this.#likeness(at, shift, probeBytes, 1) >= leastEqual) return shift;
    }
    for (const [number, shift] of expected.entries()) {
      const isNear = (other: number) => Math.abs(other - shift) < reach / 2;
      const found = expected.slice(0, number).some(isNear) ? undefined : this.findAround(at, shift);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The share of equal bytes in a length, by some of them. */
  share(at: number, shift: number, length: number): number {
    return this.#likeness(at, shift, length, shareStride) / Math.ceil(length / shareStride);
  }

  /** The same as {@link find}, near one place, whether or not it is like what stands there. */
  findAround(at: number, expected: number): number | undefined {
    const { bytes, work } = this.#segment;
    if (this.#steps > stepsForEach * bytes.length) return undefined;
    if (this.#vainSteps > vainStepsForEach * bytes.length) return undefined;
    const before = work.steps;
    const low = Math.max(0, at + expected - reach);
    const high = Math.min(this.#old.sizeBytes, at + expected + reach + probeBytes);
    let found: number | undefined;
    if (high - low >= probeBytes) {
      const around = this.#room.subarray(0, high - low);
      copyOld(this.#old, low, around);
      const most = Math.min(aheadBytes, bytes.length - at);
      let best = -1;
      for (const place of likePlaces(this.#segment, at, around)) {
        const shift = low + place - at;
        const likeness = this.#likeness(at, shift, most, aheadStride);
        const isNearer = Math.abs(shift - expected) < Math.abs((found ?? 0) - expected);
        if (likeness > best || (likeness === best && isNearer)) {
          best = likeness;
          found = shift;
        }
      }
    }
    this.#steps += work.steps - before;
    if (found === undefined) this.#vainSteps += work.steps - before;
    return found;
  }

  /** How many bytes are equal, of those in a length at a stride. */
  #likeness(at: number, shift: number, length: number, stride: number): number {
    const { bytes, work } = this.#segment;
    let equal = 0;
    for (let i = at; i < at + length; i += stride) {
      if (byteAt(this.#old, i + shift) === bytes[i]) equal += 1;
    }
    work.steps += Math.ceil(length / stride);
    return equal;
  }
}

/**
 * Where in `around` stands what is like the probe at `at`: the places where most bytes are equal, or nearly as many. Zeros are
 * everywhere, so it is by other bytes that places are found.
 */
function likePlaces({ bytes, work }: Segment, at: number, around: Uint8Array): number[] {
  const offsets = tellingOffsets(bytes, at);
  if (offsets.length < samples) return [];
  const places: number[] = [];
  const equals: number[] = [];
  let best = 0;
  let steps = 0;
  const last = around.length - probeBytes;
  for (let place = 0; place <= last; place += 1) {
    let equal = 0;
    let sample = 0;
    for (; sample < firstSamples; sample += 1) {
      const offset = offsets[sample] as number;
      if (around[place + offset] === bytes[at + offset]) equal += 1;
    }
    if (equal < leastOfFirst) continue;
    for (; sample < samples; sample += 1) {
      const offset = offsets[sample] as number;
      if (around[place + offset] === bytes[at + offset]) equal += 1;
    }
    steps += samples;
    if (equal < leastOfSamples) continue;
    equal = 0;
    for (let offset = 0; offset < probeBytes; offset += 1) {
      if (around[place + offset] === bytes[at + offset]) equal += 1;
    }
    steps += probeBytes;
    if (equal < leastEqual) continue;
    if (equal > best) best = equal;
    places.push(place);
    equals.push(equal);
  }
  work.steps += firstSamples * (last + 1) + steps;
  return places.filter((_, number) => (equals[number] as number) >= best - 8).slice(0, mostPlaces);
}

/** Where in the probe at `at` are bytes other than zero: so many, from all over it, and first some that are far apart. */
function tellingOffsets(bytes: Uint8Array, at: number): number[] {
  const telling: number[] = [];
  for (let offset = 0; offset < probeBytes; offset += 1) {
    if (bytes[at + offset] !== 0) telling.push(offset);
  }
  const step = telling.length / samples;
  if (step < 1) return [];
  // An odd factor: each sample once, in an order that leaps.
  return Array.from(
    { length: samples },
    (_, i) => telling[Math.floor(((i * 13) % samples) * step)] as number,
  );
}

function copyOld(old: OldView, position: number, target: Uint8Array): void {
  for (let done = 0; done < target.length; ) {
    const from = position + done;
    if (from < old.start || from >= old.end) old.move(from);
    const offset = from - old.start;
    const part = old.bytes.subarray(
      offset,
      Math.min(old.end - old.start, offset + target.length - done),
    );
    target.set(part, done);
    done += part.length;
  }
}
