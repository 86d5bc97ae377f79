import {
  type FinderSettings,
  longestMatch,
  type Matches,
  type MatchFinder,
} from "./match-finder.js";
import type { SymbolEncoder } from "./symbol-encoder.js";

/**
 * Chooses LZMA's symbols greedily, with a look at the next position: repeated distances before new ones, near matches
 * before slightly longer ones far away.
 */
export class FastParser {
  readonly finder: MatchFinder;
  #bytes: Uint8Array = new Uint8Array();
  readonly #encoder: SymbolEncoder;
  #niceBytes = 0;
  /** Whether the finder has looked at the present position already, and what it saw. */
  #isAhead = false;
  #length = 0;
  #distance = 0;

  constructor(encoder: SymbolEncoder, finder: MatchFinder) {
    this.finder = finder;
    this.#encoder = encoder;
  }

  begin(bytes: Uint8Array, settings: FinderSettings): void {
    this.finder.begin(bytes, settings);
    this.#bytes = bytes;
    this.#niceBytes = settings.niceBytes;
    this.#isAhead = false;
  }

  /** Forgets what was looked at ahead: the bytes up to `at` are stored, and nothing is known of what follows. */
  restart(at: number): void {
    this.#isAhead = false;
    this.finder.skipTo(at);
  }

  /** Puts one symbol for what is at `at`, which goes no further than `end`. Returns how many bytes it stands for. */
  step(at: number, end: number): number {
    const encoder = this.#encoder;
    const most = Math.min(longestMatch, end - at);
    if (!this.#isAhead) this.#look(most);
    this.#isAhead = false;
    const length = Math.min(this.#length, most);
    const distance = this.#distance;

    const repeat = this.#longestRepeat(at, most);
    const repeatBytes = repeat < 0 ? 0 : this.#repeatBytes;
    if (repeatBytes >= 2 && this.#prefersRepeat(repeatBytes, length, distance)) {
      encoder.repeat(repeat, repeatBytes);
      this.finder.skipTo(at + repeatBytes);
      return repeatBytes;
    }
    if (length < 2 || (length === 2 && distance >= 0x80)) return this.#single(at);
    if (
      length < this.#niceBytes &&
      most > length &&
      this.#nextIsBetter(at, end, length, distance)
    ) {
      return this.#single(at);
    }
    encoder.match(distance, length);
    this.finder.skipTo(at + length);
    this.#isAhead = false;
    return length;
  }

  #prefersRepeat(repeatBytes: number, length: number, distance: number): boolean {
    return (
      repeatBytes >= this.#niceBytes ||
      repeatBytes + 1 >= length ||
      (repeatBytes + 2 >= length && distance >= 2 ** 9) ||
      (repeatBytes + 3 >= length && distance >= 2 ** 15)
    );
  }

  /** One byte alone: by the last distance where that has it and a literal would be dear, else as it is. */
  #single(at: number): number {
    const bytes = this.#bytes;
    const encoder = this.#encoder;
    const last = at - (encoder.repeats[0] as number) - 1;
    if (last >= 0 && bytes[last] === bytes[at] && !encoder.afterLiteral) encoder.repeat(0, 1);
    else encoder.literal(at);
    return 1;
  }

  #nextIsBetter(at: number, end: number, length: number, distance: number): boolean {
    const most = Math.min(longestMatch, end - at - 1);
    this.#look(most);
    this.#isAhead = true;
    const [nextLength, nextDistance] = [this.#length, this.#distance];
    if (nextLength >= 2) {
      if (
        (nextLength >= length && nextDistance < distance) ||
        (nextLength === length + 1 && !isMuchNearer(distance, nextDistance)) ||
        nextLength > length + 1 ||
        (nextLength + 1 >= length && length >= 3 && isMuchNearer(nextDistance, distance))
      ) {
        return true;
      }
    }
    const wanted = Math.max(2, length - 1);
    return this.#longestRepeat(at + 1, Math.min(most, wanted)) >= 0 && this.#repeatBytes >= wanted;
  }

  /** Looks at the finder's next position: its longest match, or a slightly shorter one that is much nearer. */
  #look(most: number): void {
    const { lengths, distances, count }: Matches = this.finder.find(most);
    let best = count - 1;
    while (
      best > 0 &&
      lengths[best] === (lengths[best - 1] as number) + 1 &&
      isMuchNearer(distances[best - 1] as number, distances[best] as number)
    ) {
      best -= 1;
    }
    this.#length = best < 0 ? 0 : (lengths[best] as number);
    this.#distance = best < 0 ? 0 : (distances[best] as number);
  }

  #repeatBytes = 0;

  /** Which of the last four distances has the longest match, with its length in `#repeatBytes`; -1 if none has two bytes. */
  #longestRepeat(at: number, most: number): number {
    const bytes = this.#bytes;
    const { repeats } = this.#encoder;
    let best = 1;
    let found = -1;
    for (let index = 0; index < 4; index += 1) {
      const from = at - (repeats[index] as number) - 1;
      if (from < 0 || bytes[from] !== bytes[at] || bytes[from + best] !== bytes[at + best])
        continue;
      const length = this.finder.equal(from, at, most);
      if (length <= best) continue;
      best = length;
      found = index;
    }
    this.#repeatBytes = best;
    return found;
  }
}

/** So much nearer that a byte less of length is worth it. */
const isMuchNearer = (near: number, far: number): boolean => far >>> 7 > near;
