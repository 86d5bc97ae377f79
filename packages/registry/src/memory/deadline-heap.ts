/** Something that falls due. Both fields are the heap's to set. */
export interface Due {
  /** In milliseconds since 1970; `Infinity`: never. */
  dueAtMs: number;
  /** Where it is in the heap; -1: it isn't. */
  heapIndex: number;
}

/** Things by when they fall due: the next one is at hand, and each can be moved or taken out. */
export class DeadlineHeap<Item extends Due> {
  readonly #items: Item[] = [];

  /** When the next one falls due; `Infinity` where none does. */
  get nextMs(): number {
    return this.#items[0]?.dueAtMs ?? Number.POSITIVE_INFINITY;
  }

  /** Says when an item falls due, whether it had a time before or not. */
  set(item: Item, dueAtMs: number): void {
    this.remove(item);
    item.dueAtMs = dueAtMs;
    if (dueAtMs === Number.POSITIVE_INFINITY) return;
    item.heapIndex = this.#items.push(item) - 1;
    this.#rise(item);
  }

  remove(item: Item): void {
    const index = item.heapIndex;
    if (index < 0) return;
    item.heapIndex = -1;
    item.dueAtMs = Number.POSITIVE_INFINITY;
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    this.#put(last, index);
    this.#rise(last);
    this.#sink(last);
  }

  /** Takes out the next item that is due. */
  takeDue(nowMs: number): Item | undefined {
    const [item] = this.#items;
    if (item === undefined || item.dueAtMs > nowMs) return undefined;
    this.remove(item);
    return item;
  }

  #rise(item: Item): void {
    let index = item.heapIndex;
    while (index > 0) {
      const above = (index - 1) >>> 1;
      const parent = this.#items[above];
      if (parent === undefined || parent.dueAtMs <= item.dueAtMs) break;
      this.#put(parent, index);
      index = above;
    }
    this.#put(item, index);
  }

  #sink(item: Item): void {
    let index = item.heapIndex;
    for (;;) {
      const left = this.#items[2 * index + 1];
      const right = this.#items[2 * index + 2];
      const child = right !== undefined && left && right.dueAtMs < left.dueAtMs ? right : left;
      if (child === undefined || child.dueAtMs >= item.dueAtMs) break;
      const below = child.heapIndex;
      this.#put(child, index);
      index = below;
    }
    this.#put(item, index);
  }

  #put(item: Item, index: number): void {
    this.#items[index] = item;
    item.heapIndex = index;
  }
}
