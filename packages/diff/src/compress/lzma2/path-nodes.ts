import { longestMatch } from "./match-finder.js";

/** How far a path goes before its symbols are put out. */
export const longestPath = 4096;
const size = longestPath + 2 * longestMatch + 4;
const unreached = 2 ** 30;
/** In the place of a distance: a literal. */
export const isLiteral = -1;

// The states behind a symbol, by the state before it.
export const afterLiteral = Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 4, 5);
export const afterMatch = Uint8Array.of(7, 7, 7, 7, 7, 7, 7, 10, 10, 10, 10, 10);
export const afterRepeat = Uint8Array.of(8, 8, 8, 8, 8, 8, 8, 11, 11, 11, 11, 11);
const afterShort = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 11, 11, 11, 11, 11);

/**
 * The positions that a path through the next bytes may touch, each with the cheapest way to it that is known. A step
 * there is one symbol, or a symbol (or none), a literal and a match at the same distance again.
 */
export class PathNodes {
  /** What the way to a position costs, in sixteenths of a bit. */
  readonly price = new Int32Array(size);
  /** Where the last step began. */
  readonly from = new Int32Array(size);
  /** The step's distance, less one, or `isLiteral`. */
  readonly distance = new Int32Array(size);
  /** Of a step with a literal in it: where behind it the match goes on; else 0. */
  readonly resumed = new Int32Array(size);
  readonly state = new Uint8Array(size);
  /** The last four distances at each position, less one. */
  readonly repeats = new Int32Array(4 * size);
  /** The furthest position that is reached. */
  furthest = 0;
  /** The symbols of the path that was chosen, from `nextSymbol` on. */
  readonly lengths = new Int32Array(size);
  readonly distances = new Int32Array(size);
  nextSymbol = size;

  get hasSymbols(): boolean {
    return this.nextSymbol < size;
  }

  begin(state: number, repeats: Int32Array): void {
    this.furthest = 0;
    this.price[0] = 0;
    this.state[0] = state;
    for (let index = 0; index < 4; index += 1) this.repeats[index] = repeats[index] as number;
  }

  /** Sees to it that positions up to `to` can be compared with. */
  reach(to: number): void {
    const { price } = this;
    let { furthest } = this;
    while (furthest < to) price[++furthest] = unreached;
    this.furthest = furthest;
  }

  /** Computes the state and the last distances at a position, whose cheapest way is now certain. */
  settle(at: number): void {
    const { repeats, state } = this;
    const from = this.from[at] as number;
    const distance = this.distance[at] as number;
    const resumed = this.resumed[at] as number;
    const before = state[from] as number;
    const source = 4 * from;
    const target = 4 * at;
    const last0 = repeats[source] as number;
    const last1 = repeats[source + 1] as number;
    const last2 = repeats[source + 2] as number;
    const last3 = repeats[source + 3] as number;
    if (distance === isLiteral || distance === last0) {
      repeats[target] = last0;
      repeats[target + 1] = last1;
      repeats[target + 2] = last2;
      repeats[target + 3] = last3;
    } else {
      repeats[target] = distance;
      repeats[target + 1] = last0;
      repeats[target + 2] = distance === last1 ? last2 : last1;
      repeats[target + 3] = distance === last1 || distance === last2 ? last3 : last2;
    }
    if (resumed !== 0) state[at] = 8;
    else if (distance === isLiteral) state[at] = afterLiteral[before] as number;
    else if (at - from === 1) state[at] = afterShort[before] as number;
    else {
      const isRepeat =
        distance === last0 || distance === last1 || distance === last2 || distance === last3;
      state[at] = (isRepeat ? afterRepeat : afterMatch)[before] as number;
    }
  }

  /** Makes the symbols of the way to `at`, and behind it a match of `length` where that isn't 0. */
  choose(at: number, length: number, distance: number): void {
    this.nextSymbol = size;
    if (length > 0) this.#put(length, distance);
    for (let to = at; to > 0; ) {
      const from = this.from[to] as number;
      const resumed = this.resumed[to] as number;
      const stepDistance = this.distance[to] as number;
      if (resumed === 0) {
        this.#put(to - from, stepDistance);
      } else {
        this.#put(to - resumed, stepDistance);
        this.#put(1, isLiteral);
        if (resumed - 1 > from) this.#put(resumed - 1 - from, stepDistance);
      }
      to = from;
    }
  }

  #put(length: number, distance: number): void {
    this.nextSymbol -= 1;
    this.lengths[this.nextSymbol] = length;
    this.distances[this.nextSymbol] = distance;
  }
}
