/** Stretches of a new file that resemble stretches of the old one, in the order of the new file. */
export class CoverList {
  count = 0;
  #numbers: Float64Array;

  /** @param numbers - Of covers that were listed elsewhere, as `numbers` gave them. */
  constructor(numbers?: Float64Array) {
    this.#numbers = numbers ?? new Float64Array(3 * 256);
    this.count = numbers === undefined ? 0 : numbers.length / 3;
  }

  /** Three for each cover: the old position, the new one, the length. */
  get numbers(): Float64Array {
    return this.#numbers.slice(0, 3 * this.count);
  }

  add(oldPosition: number, newPosition: number, length: number): void {
    const at = 3 * this.count;
    if (at === this.#numbers.length) {
      const larger = new Float64Array(2 * at + 3);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[at] = oldPosition;
    this.#numbers[at + 1] = newPosition;
    this.#numbers[at + 2] = length;
    this.count += 1;
  }

  removeLast(): void {
    this.count -= 1;
  }

  oldPosition(cover: number): number {
    return this.#numbers[3 * cover] ?? 0;
  }
  newPosition(cover: number): number {
    return this.#numbers[3 * cover + 1] ?? 0;
  }
  length(cover: number): number {
    return this.#numbers[3 * cover + 2] ?? 0;
  }
}
