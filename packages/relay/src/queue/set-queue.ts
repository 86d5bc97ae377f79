/**
 * A queue in which nothing stands twice and from which anything can be taken out. It walks its set with
 * one iterator: to ask a set for its first item again and again means to step over all that were deleted.
 */
export class SetQueue<T> {
  readonly #items = new Set<T>();
  #walk: IterableIterator<T> = this.#items.values();

  get size(): number {
    return this.#items.size;
  }

  /** Puts it at the end, unless it is in the queue. */
  add(item: T): void {
    this.#items.add(item);
  }

  delete(item: T): void {
    this.#items.delete(item);
  }

  /** Takes out the one that has been in longest. */
  take(): T | undefined {
    let next = this.#walk.next();
    // An iterator that came to its end does not see what is added later.
    if (next.done === true) {
      this.#walk = this.#items.values();
      next = this.#walk.next();
    }
    if (next.done === true) return undefined;
    this.#items.delete(next.value);
    return next.value;
  }

  /** In the order in which they came. */
  [Symbol.iterator](): IterableIterator<T> {
    return this.#items.values();
  }
}
