import type { Entry } from "./entry.js";

/** Above this a block is split in two: small enough to insert into quickly. */
const maxBlock = 512;

/**
 * Entries in the order of registration, in blocks, so that adding and removing one in the middle costs
 * a little copying within a block, and the first is at hand.
 */
export class SortedEntries implements Iterable<Entry> {
  #blocks: Entry[][] = [];
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
    const last = this.#blocks.at(-1);
    if (last === undefined) {
      this.#blocks.push([entry]);
      return;
    }
    const index = this.#blockOf(entry.order);
    const block = this.#blocks[index] ?? last;
    block.splice(placeIn(block, entry.order), 0, entry);
    if (block.length > maxBlock) {
      // A block that only grows at its end, by new registrations, is left full.
      const cut = block === last ? maxBlock : maxBlock / 2;
      this.#blocks.splice(index + 1, 0, block.splice(cut));
    }
  }

  /** Removes an entry that is there. */
  remove(entry: Entry): void {
    const index = this.#blockOf(entry.order);
    const block = this.#blocks[index];
    const place = block === undefined ? -1 : placeIn(block, entry.order);
    if (block?.[place] !== entry) throw new Error(`the index has lost ${entry.server.id}`);
    this.#size -= 1;
    block.splice(place, 1);
    if (block.length === 0) this.#blocks.splice(index, 1);
  }

  *[Symbol.iterator](): Generator<Entry> {
    for (const block of this.#blocks) yield* block;
  }

  /** The first block whose last entry isn't before `order`, or the last block. */
  #blockOf(order: number): number {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#blocks[middle]?.at(-1)?.order ?? 0) < order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where in the block an entry of this order is or belongs. */
function placeIn(block: readonly Entry[], order: number): number {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((block[middle]?.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
