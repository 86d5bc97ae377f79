/** Matches of one position: each is longer, and further away, than the one before. */
export interface Matches {
  count: number;
  readonly lengths: Int32Array;
  /** How far back, less one. */
  readonly distances: Int32Array;
}

/** How a match finder works. */
export interface FinderSettings {
  /** How many earlier positions with the same five bytes are looked at. */
  readonly depth: number;
  /** A match so long is not looked beyond. */
  readonly niceBytes: number;
  /** Whether a match, a literal and a match at the same distance are looked at as one step. */
  readonly combines: boolean;
}

/** The longest match that LZMA knows. */
export const longestMatch = 273;
const none = -1;
/** Few enough that the tables stay in the processor's cache; what is far is found by the chains. */
const nearBits = 13;
const [leastBits, mostBits] = [12, 20];
const factor = 0x9e3779b1;
const fifthFactor = 0x7feb352d;

/**
 * Finds earlier places with the same bytes: the last ones with the same two, three and four, and chains of those with
 * the same five. Chains by four find less in the same time, as most of those places go no further.
 */
export class MatchFinder {
  readonly matches: Matches = {
    count: 0,
    lengths: new Int32Array(longestMatch),
    distances: new Int32Array(longestMatch),
  };
  /** How many comparisons were made: what tests hold to account. */
  steps = 0;
  #bytes: Uint8Array = new Uint8Array();
  #words: DataView = new DataView(this.#bytes.buffer);
  #depth = 0;
  #niceBytes = 0;
  readonly #last2 = new Int32Array(2 ** 16);
  readonly #last3 = new Int32Array(2 ** nearBits);
  readonly #last4 = new Int32Array(2 ** nearBits);
  #last5 = new Int32Array();
  /** How far what is made of five bytes is shifted to be a place in `#last5`. */
  #shift = 0;
  /** Of each position, the one before it in its chain. */
  #before = new Int32Array();
  /** The next position to be put into the chains. */
  #at = 0;
  /** The longest match of the position before, where that was looked at: it goes on here. */
  #lastLength = 0;
  #lastDistance = 0;

  /** Begins with other bytes. What it holds is used again: making it anew costs more than small blocks take. */
  begin(bytes: Uint8Array, settings: FinderSettings): void {
    this.#bytes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#depth = settings.depth;
    this.#niceBytes = settings.niceBytes;
    const bits = Math.max(leastBits, Math.min(mostBits, 32 - Math.clz32(bytes.length)));
    if (this.#last5.length < 2 ** bits) this.#last5 = new Int32Array(2 ** bits);
    this.#shift = 32 - bits;
    this.#last2.fill(none);
    this.#last3.fill(none);
    this.#last4.fill(none);
    this.#last5.fill(none, 0, 2 ** bits);
    if (this.#before.length < bytes.length) this.#before = new Int32Array(bytes.length);
    this.#at = 0;
    this.#lastLength = 0;
  }

  /** Puts the positions up to `end` into the chains. */
  skipTo(end: number): void {
    const bytes = this.#bytes;
    const words = this.#words;
    const before = this.#before;
    const last2 = this.#last2;
    const last3 = this.#last3;
    const last4 = this.#last4;
    const last5 = this.#last5;
    const shift = this.#shift;
    const last = Math.min(end, bytes.length - 4);
    for (let at = this.#at; at < last; at += 1) {
      const word = words.getInt32(at, true);
      const mixed = Math.imul(word, factor);
      const place5 = (mixed + Math.imul(bytes[at + 4] as number, fifthFactor)) >>> shift;
      before[at] = last5[place5] as number;
      last5[place5] = at;
      last4[mixed >>> (32 - nearBits)] = at;
      last3[Math.imul(word << 8, factor) >>> (32 - nearBits)] = at;
      last2[word & 0xffff] = at;
    }
    this.#at = end;
    this.#lastLength = 0;
  }

  /** Finds the matches of the next position, of at most `most` bytes, and puts it into the chains. */
  find(most: number): Matches {
    const { matches } = this;
    const at = this.#at;
    matches.count = 0;
    if (most < 5) {
      this.skipTo(at + 1);
      return matches;
    }
    this.#at = at + 1;
    const words = this.#words;
    const before = this.#before;
    const word = words.getInt32(at, true);
    const mixed = Math.imul(word, factor);
    const place3 = Math.imul(word << 8, factor) >>> (32 - nearBits);
    const place4 = mixed >>> (32 - nearBits);
    const fifth = this.#bytes[at + 4] as number;
    const place5 = (mixed + Math.imul(fifth, fifthFactor)) >>> this.#shift;
    const near2 = this.#last2[word & 0xffff] as number;
    const near3 = this.#last3[place3] as number;
    const near4 = this.#last4[place4] as number;
    let candidate = this.#last5[place5] as number;
    before[at] = candidate;
    this.#last5[place5] = at;
    this.#last4[place4] = at;
    this.#last3[place3] = at;
    this.#last2[word & 0xffff] = at;

    const nice = Math.min(this.#niceBytes, most);
    let best = 1;
    if (near2 !== none) best = this.#take(near2, at, best, most);
    if (near3 !== near2 && near3 !== none && best < nice) best = this.#take(near3, at, best, most);
    if (near4 !== near3 && near4 !== none && best < nice) best = this.#take(near4, at, best, most);

    if (best < nice) {
      let depth = this.#depth;
      // In a longer match the last four of its bytes up to there are the same: mostly the first look tells.
      let ahead = best < 4 ? 0 : best - 3;
      let wanted = words.getInt32(at + ahead, true);
      while (candidate !== none && depth > 0) {
        if (words.getInt32(candidate + ahead, true) === wanted) {
          const longer = this.#take(candidate, at, best, most);
          if (longer > best) {
            best = longer;
            if (best >= nice) break;
            ahead = best < 4 ? 0 : best - 3;
            wanted = words.getInt32(at + ahead, true);
          }
        }
        candidate = before[candidate] as number;
        depth -= 1;
      }
      this.steps += this.#depth - depth;
      const carried = Math.min(this.#lastLength - 1, most);
      if (best < carried) best = this.#add(carried, this.#lastDistance);
    }
    this.#lastLength = best;
    this.#lastDistance = matches.count === 0 ? 0 : (matches.distances[matches.count - 1] as number);
    return matches;
  }

  /** Whether `length` bytes from `at` on, which is not in the chains yet, stand at the last place with the same five. */
  cameBefore(at: number, length: number): boolean {
    if (at + length > this.#bytes.length) return false;
    const word = this.#words.getInt32(at, true);
    const fifth = Math.imul(this.#bytes[at + 4] as number, fifthFactor);
    const candidate = this.#last5[(Math.imul(word, factor) + fifth) >>> this.#shift] as number;
    return candidate !== none && candidate < at && this.equal(candidate, at, length) === length;
  }

  /** Adds the match with `candidate` where it is longer than `best`. Returns the longest length. */
  #take(candidate: number, at: number, best: number, most: number): number {
    const length = this.equal(candidate, at, most);
    return length > best ? this.#add(length, at - candidate - 1) : best;
  }

  #add(length: number, distance: number): number {
    const { matches } = this;
    matches.lengths[matches.count] = length;
    matches.distances[matches.count] = distance;
    matches.count += 1;
    return length;
  }

  /** How many bytes from both places on are equal, at most `most`. */
  equal(one: number, other: number, most: number): number {
    const words = this.#words;
    let length = 0;
    while (length + 4 <= most) {
      const difference = words.getInt32(one + length, true) ^ words.getInt32(other + length, true);
      if (difference !== 0) {
        this.steps += length;
        return length + ((31 - Math.clz32(difference & -difference)) >> 3);
      }
      length += 4;
    }
    const bytes = this.#bytes;
    while (length < most && bytes[one + length] === bytes[other + length]) length += 1;
    this.steps += length;
    return length;
  }
}
