/** Something that ends at a time of the keeper's clock, in milliseconds. */
export interface Ending<Key> {
  readonly endsMs: number;
  readonly key: Key;
}

/** What ends next: a binary heap. */
export class ExpiryQueue<Key> {
  readonly #heap: Ending<Key>[] = [];

  /** When the first of them ends. */
  get nextMs(): number | undefined {
    return this.#heap[0]?.endsMs;
  }

  add(key: Key, endsMs: number): void {
    const heap = this.#heap;
    let at = heap.push({ endsMs, key }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#endOf(parent) <= this.#endOf(at)) break;
      this.#swap(parent, at);
      at = parent;
    }
  }

  /** Takes the first key that ends by `nowMs`. */
  takeDue(nowMs: number): Ending<Key> | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.endsMs > nowMs) return undefined;
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return first;
    this.#heap[0] = last;
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const child = this.#endOf(left + 1) < this.#endOf(left) ? left + 1 : left;
      if (this.#endOf(at) <= this.#endOf(child)) break;
      this.#swap(at, child);
      at = child;
    }
    return first;
  }

  #endOf(index: number): number {
    return this.#heap[index]?.endsMs ?? Number.POSITIVE_INFINITY;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#heap[a], this.#heap[b]];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }
}
