import type { SeatOrder } from "@potassium/core-types";
import { mergedEntries } from "./merged-entries.js";
import { type Ordered, SortedEntries } from "./sorted-entries.js";

interface Bucket<Entry extends Ordered> {
  readonly free: number;
  readonly entries: SortedEntries<Entry>;
}

/**
 * Places to give seats on, by how many are free, each number's by age. What is looked for is found by the numbers that there
 * are, of which there are few, however many places there are.
 */
export class SeatPool<Entry extends Ordered> {
  /** By rising free seats; none is empty. */
  readonly #buckets: Bucket<Entry>[] = [];

  get isEmpty(): boolean {
    return this.#buckets.length === 0;
  }

  /** Moves a place from its bucket to another. 0 free seats: to or from nowhere. */
  move(entry: Entry, before: number, after: number): void {
    if (before === after) return;
    if (before > 0) this.#remove(entry, before);
    if (after > 0) this.#add(entry, after);
  }

  /** The place that comes first of those with so many free seats. */
  first(seats: number, order: SeatOrder): Entry | undefined {
    const buckets = this.#buckets;
    const from = this.#indexOf(seats);
    if (order === "fullest") return buckets[from]?.entries.first;
    if (order === "emptiest") {
      return from < buckets.length ? buckets[buckets.length - 1]?.entries.first : undefined;
    }
    let oldest: Entry | undefined;
    for (let index = from; index < buckets.length; index += 1) {
      const { first } = buckets[index]?.entries ?? {};
      if (first !== undefined && (oldest === undefined || first.order < oldest.order)) {
        oldest = first;
      }
    }
    return oldest;
  }

  /** All places with so many free seats. */
  *all(seats: number, order: SeatOrder): Generator<Entry, void, undefined> {
    const lists = this.#buckets.slice(this.#indexOf(seats)).map(({ entries }) => entries);
    if (order === "oldest") return yield* mergedEntries(lists);
    if (order === "emptiest") lists.reverse();
    for (const list of lists) yield* mergedEntries([list]);
  }

  #add(entry: Entry, free: number): void {
    const index = this.#indexOf(free);
    let bucket = this.#buckets[index];
    if (bucket?.free !== free) {
      bucket = { free, entries: new SortedEntries() };
      this.#buckets.splice(index, 0, bucket);
    }
    bucket.entries.add(entry);
  }

  #remove(entry: Entry, free: number): void {
    const index = this.#indexOf(free);
    const bucket = this.#buckets[index];
    if (bucket?.free !== free) throw new Error(`the index has lost ${free} free seats`);
    bucket.entries.remove(entry);
    if (bucket.entries.size === 0) this.#buckets.splice(index, 1);
  }

  /** The first bucket with at least so many free seats. */
  #indexOf(free: number): number {
    let low = 0;
    let high = this.#buckets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#buckets[middle]?.free ?? 0) < free) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
