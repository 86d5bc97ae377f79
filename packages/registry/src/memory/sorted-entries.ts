/** Above this a block is split in two: small enough to insert into quickly. */
const maxBlock = 256;

/** Something with a place of its own in an order. */
export interface Ordered {
  readonly order: number;
}

/**
 * Entries by their order, in blocks, so that adding and removing one in the middle costs a little copying within a
 * block, and the first is at hand.
 */
export class SortedEntries<Entry extends Ordered> {
  readonly #blocks: Entry[][] = [];
  /** The order of each block's last entry, side by side: a search touches no entries on its way. */
  readonly #lasts: number[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): Entry | undefined {
    return this.#blocks[0]?.[0];
  }

  /** Adds an entry that isn't there. */
  add(entry: Entry): void {
    this.#size += 1;
    const { order } = entry;
    const end = this.#blocks.length - 1;
    const index = this.#blockOf(order);
    const block = this.#blocks[index];
    if (block === undefined) {
      this.#blocks.push([entry]);
      this.#lasts.push(order);
      return;
    }
    if (order > (this.#lasts[index] ?? 0)) {
      block.push(entry);
      this.#lasts[index] = order;
    } else {
      block.splice(placeIn(block, order), 0, entry);
    }
    if (block.length > maxBlock) {
      // A block that only grows at its end, by new registrations, is left full.
      const cut = block.splice(index === end ? maxBlock : maxBlock / 2);
      this.#blocks.splice(index + 1, 0, cut);
      this.#lasts.splice(index, 1, lastOrder(block), lastOrder(cut));
    }
  }

  /** Removes an entry that is there. */
  remove(entry: Entry): void {
    const index = this.#blockOf(entry.order);
    const block = this.#blocks[index];
    const place = block === undefined ? -1 : placeIn(block, entry.order);
    if (block?.[place] !== entry) throw new Error(`the index has lost entry ${entry.order}`);
    this.#size -= 1;
    if (block.length === 1) {
      this.#blocks.splice(index, 1);
      this.#lasts.splice(index, 1);
      return;
    }
    if (place === 0) block.shift();
    else if (place === block.length - 1) block.pop();
    else block.splice(place, 1);
    this.#lasts[index] = lastOrder(block);
  }

  /** Goes through the entries that come after this order. Nothing may be added or removed meanwhile. */
  cursor(after = Number.NEGATIVE_INFINITY): EntryCursor<Entry> {
    const index = this.#blockOf(after);
    const block = this.#blocks[index] ?? [];
    const place = placeIn(block, after);
    const found = block[place]?.order === after ? place + 1 : place;
    return new EntryCursor(this.#blocks, index, found);
  }

  /** The first block whose last entry isn't before `order`, or the last block. */
  #blockOf(order: number): number {
    const lasts = this.#lasts;
    // What is found and claimed most is the oldest.
    if (lasts.length === 0 || order <= (lasts[0] ?? 0)) return 0;
    let low = 1;
    let high = lasts.length - 1;
    if (high < 1) return 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((lasts[middle] ?? 0) < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A place in sorted entries. */
export class EntryCursor<Entry> {
  readonly #blocks: readonly (readonly Entry[])[];
  #block: number;
  #place: number;
  /** The entry here; `undefined` at the end. */
  current: Entry | undefined;

  constructor(blocks: readonly (readonly Entry[])[], block: number, place: number) {
    this.#blocks = blocks;
    this.#block = block;
    this.#place = place - 1;
    this.advance();
  }

  advance(): void {
    this.#place += 1;
    this.current = this.#blocks[this.#block]?.[this.#place];
    if (this.current !== undefined) return;
    this.#block += 1;
    this.#place = 0;
    this.current = this.#blocks[this.#block]?.[0];
  }
}

/** Where in the block an entry of this order is or belongs. */
function placeIn(block: readonly Ordered[], order: number): number {
  if ((block[0]?.order ?? order) >= order) return 0;
  let low = 1;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((block[middle]?.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  return low;
}

const lastOrder = (block: readonly Ordered[]): number => block[block.length - 1]?.order ?? 0;
