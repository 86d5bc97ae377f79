import {
  isLongRepeat0,
  isMatch,
  isRepeat,
  isRepeat1To3,
  literalChances,
  literals,
} from "../../codec/lzma/lzma-state.js";
import { type FinderSettings, longestMatch, type MatchFinder } from "./match-finder.js";
import {
  afterLiteral,
  afterMatch,
  afterRepeat,
  isLiteral,
  longestPath,
  PathNodes,
} from "./path-nodes.js";
import { bitPrices, PriceTable } from "./price-table.js";
import { literalContextBits, type SymbolEncoder } from "./symbol-encoder.js";

/** After how many symbols the prices are made anew. */
const renewal = 64;

/** Chooses LZMA's symbols by what they will cost: the cheapest path through the next up to 4096 bytes. */
export class OptimalParser {
  readonly finder: MatchFinder;
  readonly #encoder: SymbolEncoder;
  readonly #chances: Uint16Array;
  readonly #prices: PriceTable;
  readonly #nodes = new PathNodes();
  #bytes: Uint8Array = new Uint8Array();
  #niceBytes = 0;
  #combines = false;
  #symbolsLeft = 0;

  constructor(encoder: SymbolEncoder, finder: MatchFinder) {
    this.#encoder = encoder;
    this.finder = finder;
    this.#chances = encoder.range.chances;
    this.#prices = new PriceTable(this.#chances);
  }

  begin(bytes: Uint8Array, settings: FinderSettings): void {
    this.finder.begin(bytes, settings);
    this.#bytes = bytes;
    this.#niceBytes = settings.niceBytes;
    this.#combines = settings.combines;
    this.#symbolsLeft = 0;
    this.#nodes.choose(0, 0, 0);
  }

  /** Forgets the path that was chosen: the bytes up to `at` are stored. */
  restart(at: number): void {
    this.#nodes.choose(0, 0, 0);
    this.#symbolsLeft = 0;
    this.finder.skipTo(at);
  }

  /** Puts one symbol for what is at `at`, which goes no further than `end`. Returns how many bytes it stands for. */
  step(at: number, end: number): number {
    const nodes = this.#nodes;
    if (!nodes.hasSymbols) {
      if (this.#symbolsLeft <= 0) {
        this.#prices.refresh();
        this.#symbolsLeft = renewal;
      }
      this.#plan(at, end);
    }
    this.#symbolsLeft -= 1;
    const length = nodes.lengths[nodes.nextSymbol] as number;
    const distance = nodes.distances[nodes.nextSymbol] as number;
    nodes.nextSymbol += 1;
    this.#put(at, length, distance);
    return length;
  }

  /** The last distances are looked at again: between a path's choice and here a chunk may have ended with a reset. */
  #put(at: number, length: number, distance: number): void {
    const encoder = this.#encoder;
    const { repeats } = encoder;
    if (distance === isLiteral) encoder.literal(at);
    else if (distance === repeats[0]) encoder.repeat(0, length);
    else if (length === 1) encoder.literal(at);
    else if (distance === repeats[1]) encoder.repeat(1, length);
    else if (distance === repeats[2]) encoder.repeat(2, length);
    else if (distance === repeats[3]) encoder.repeat(3, length);
    else encoder.match(distance, length);
  }

  /** Chooses the symbols for the bytes from `start` on. */
  #plan(start: number, end: number): void {
    const nodes = this.#nodes;
    const bytes = this.#bytes;
    const chances = this.#chances;
    const finder = this.finder;
    const niceBytes = this.#niceBytes;
    const combines = this.#combines;
    const { price, from, distance, resumed, state: states, repeats } = nodes;
    const prices = this.#prices;
    const { matchLengths, repeatLengths } = prices;
    const last = Math.min(longestPath, end - start);
    nodes.begin(this.#encoder.state, this.#encoder.repeats);

    for (let node = 0; ; node += 1) {
      if (node > 0) {
        if (node === nodes.furthest || node === last) {
          nodes.choose(node, 0, 0);
          return;
        }
        nodes.settle(node);
      }
      const at = start + node;
      const room = Math.min(longestMatch, end - at);
      const state = states[node] as number;
      const here = price[node] as number;
      const matchChance = chances[isMatch + (state << 4)] as number;
      const repeatChance = chances[isRepeat + state] as number;
      const matchPrice = here + (bitPrices[(matchChance >> 4) ^ 127] as number);
      const repeatPrice = matchPrice + (bitPrices[(repeatChance >> 4) ^ 127] as number);
      const newPrice = matchPrice + (bitPrices[repeatChance >> 4] as number);
      const repeat0 = repeats[4 * node] as number;
      const source0 = at - repeat0 - 1;
      const byte = bytes[at] as number;
      const next = node + 1;

      if (nodes.furthest < next) nodes.reach(next);
      const literal =
        here + (bitPrices[matchChance >> 4] as number) + this.#literalPrice(at, state, repeat0);
      if (literal < (price[next] as number)) {
        price[next] = literal;
        from[next] = node;
        distance[next] = isLiteral;
        resumed[next] = 0;
      }
      if (source0 >= 0 && bytes[source0] === byte) {
        const short =
          repeatPrice +
          (bitPrices[(chances[isRepeat1To3 + state] as number) >> 4] as number) +
          (bitPrices[(chances[isLongRepeat0 + (state << 4)] as number) >> 4] as number);
        if (short < (price[next] as number)) {
          price[next] = short;
          from[next] = node;
          distance[next] = repeat0;
          resumed[next] = 0;
        }
      }

      if (combines && source0 >= 0 && bytes[source0] !== byte) {
        this.#combine(start, end, node, 0, repeat0, state, here);
      }

      let least = 2;
      if (room >= 2) {
        for (let index = 0; index < 4; index += 1) {
          const back = repeats[4 * node + index] as number;
          const source = at - back - 1;
          if (source < 0 || bytes[source] !== byte || bytes[source + 1] !== bytes[at + 1]) continue;
          const length = finder.equal(source, at, room);
          if (length >= niceBytes) {
            nodes.choose(node, length, back);
            finder.skipTo(at + length);
            return;
          }
          if (index === 0) least = length + 1;
          const to = node + length;
          if (nodes.furthest < to) nodes.reach(to);
          const base = repeatPrice + prices.repeat(index, state);
          for (let count = 2; count <= length; count += 1) {
            const cost = base + (repeatLengths[count] as number);
            const place = node + count;
            if (cost < (price[place] as number)) {
              price[place] = cost;
              from[place] = node;
              distance[place] = back;
              resumed[place] = 0;
            }
          }
          if (combines) {
            const cost = base + (repeatLengths[length] as number);
            this.#combine(start, end, node, length, back, afterRepeat[state] as number, cost);
          }
        }
      }

      const matches = finder.find(room);
      const found = matches.count;
      if (found === 0) continue;
      const { lengths, distances } = matches;
      const longest = lengths[found - 1] as number;
      if (longest >= niceBytes) {
        // Behind a literal the last distance may go on for as long: the next position will see that.
        if (source0 >= 0 && finder.equal(source0 + 1, at + 1, longest - 1) === longest - 1)
          continue;
        nodes.choose(node, longest, distances[found - 1] as number);
        finder.skipTo(at + longest);
        return;
      }
      if (longest < least) continue;
      if (nodes.furthest < node + longest) nodes.reach(node + longest);
      let count = least;
      for (let index = 0; index < found; index += 1) {
        const length = lengths[index] as number;
        const back = distances[index] as number;
        for (; count <= length; count += 1) {
          const cost = newPrice + (matchLengths[count] as number) + prices.distance(back, count);
          const place = node + count;
          if (cost < (price[place] as number)) {
            price[place] = cost;
            from[place] = node;
            distance[place] = back;
            resumed[place] = 0;
          }
        }
        if (combines && length >= least) {
          const cost = newPrice + (matchLengths[length] as number) + prices.distance(back, length);
          this.#combine(start, end, node, length, back, afterMatch[state] as number, cost);
        }
      }
    }
  }

  /** Behind `length` bytes at a distance, for `cost`: a literal, and as much as there is at the same distance. */
  #combine(
    start: number,
    end: number,
    node: number,
    length: number,
    distance: number,
    state: number,
    cost: number,
  ): void {
    const bytes = this.#bytes;
    const at = start + node + length;
    const behind = at - distance;
    const room = Math.min(longestMatch, end - at - 1);
    if (room < 2 || bytes[behind] !== bytes[at + 1] || bytes[behind + 1] !== bytes[at + 2]) return;
    const prices = this.#prices;
    const more = this.finder.equal(behind, at + 1, room);
    const nodes = this.#nodes;
    const chances = this.#chances;
    const next = afterLiteral[state] as number;
    const literal = bitPrices[(chances[isMatch + (state << 4)] as number) >> 4] as number;
    const match = bitPrices[((chances[isMatch + (next << 4)] as number) >> 4) ^ 127] as number;
    const repeat = bitPrices[((chances[isRepeat + next] as number) >> 4) ^ 127] as number;
    const total =
      cost +
      literal +
      this.#literalPrice(at, state, distance) +
      match +
      repeat +
      prices.repeat(0, next) +
      (prices.repeatLengths[more] as number);
    const place = node + length + 1 + more;
    if (nodes.furthest < place) nodes.reach(place);
    if (total >= (nodes.price[place] as number)) return;
    nodes.price[place] = total;
    nodes.from[place] = node;
    nodes.distance[place] = distance;
    nodes.resumed[place] = node + length + 1;
  }

  #literalPrice(at: number, state: number, repeat0: number): number {
    const bytes = this.#bytes;
    const chances = this.#chances;
    const previous = at > 0 ? (bytes[at - 1] as number) : 0;
    const tree = literals + literalChances * (previous >> (8 - literalContextBits));
    let symbol = (bytes[at] as number) | 0x100;
    let price = 0;
    if (state < 7) {
      while (symbol > 1) {
        const chance = (chances[tree + (symbol >> 1)] as number) >> 4;
        price += bitPrices[(symbol & 1) === 0 ? chance : chance ^ 127] as number;
        symbol >>= 1;
      }
      return price;
    }
    let matched = (bytes[at - repeat0 - 1] as number) << 1;
    let offset = 0x100;
    while (symbol < 0x10000) {
      const chance = (chances[tree + offset + (matched & offset) + (symbol >> 8)] as number) >> 4;
      price += bitPrices[((symbol >> 7) & 1) === 0 ? chance : chance ^ 127] as number;
      symbol <<= 1;
      offset &= ~(matched ^ symbol);
      matched <<= 1;
    }
    return price;
  }
}
