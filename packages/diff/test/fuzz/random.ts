/** Numbers that depend on a seed alone: mulberry32, whose numbers are good enough to choose by. */
export class Random {
  #state: number;

  constructor(seed: number, stream: number) {
    // Spread, so that neighbouring streams have nothing in common.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35);
  }

  /** A whole number from 0 to `end - 1`; 0 where there is none. */
  below(end: number): number {
    return Math.floor(this.#next() * end);
  }

  chance(part: number): boolean {
    return this.#next() < part;
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Short ones far more often than long ones. */
  length(most: number): number {
    return Math.min(most, 1 + Math.floor(2 ** (this.#next() * 12)));
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
