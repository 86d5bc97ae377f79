import type { ByteSource } from "../source/byte-source.js";
import { changedWhileRead } from "../source/file-source.js";
import { copyBytes } from "./copy-bytes.js";
import type { OldBytes } from "./old-bytes.js";

/** What a byte at a place of its own costs to read: a patch of a few hundred bytes may ask for a million of them. */
export const pageBytes = 32 * 1024;
/** 16 MiB: a file of up to that size is read once. */
const maxPages = 512;
/** The most pages of one read. */
const pagesAtOnce = 8;
/** The most pages that are read ahead where one follows the other. */
const maxPagesAhead = 32;

interface Page {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** Used since the search for a page to give up last came by. */
  recent: boolean;
  used: boolean;
}

/**
 * Reads an old file at any place, through a bounded number of pages in memory. As long as one page follows
 * the other, more and more are read ahead, about twice as many as were used. What is read in vain is bounded.
 */
export class OldReader implements OldBytes {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #pageCount: number;
  readonly #pages = new Map<number, Page>();
  /** All pages, in the order in which they are looked at when one has to go. */
  readonly #slots: Page[] = [];
  /** Room for pages that was not used yet. */
  readonly #rooms: Uint8Array[] = [];
  /** What is read at once comes here first: rooms for pages that follow each other are anywhere. */
  readonly #landings: Uint8Array[] = [];
  /** The reading of a page. It never rejects: the page is there then, or not. */
  readonly #loading = new Map<number, Promise<void>>();
  #hand = 0;
  #current: Page | undefined;
  #lastNumber = -1;
  /** How many pages were used one behind the other. */
  #streak = 0;
  /** Behind the last page that was asked for ahead. */
  #aheadEnd = 0;
  #readPages = 0;
  #usedPages = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
    this.#pageCount = Math.ceil(source.sizeBytes / pageBytes);
  }

  copy(position: number, target: Uint8Array, at: number, count: number): number {
    let done = 0;
    while (done < count) {
      const place = position + done;
      const number = Math.floor(place / pageBytes);
      const page = this.#current?.number === number ? this.#current : this.#turnTo(number);
      if (page === undefined) return done;
      const from = place - number * pageBytes;
      const taken = Math.min(count - done, pageBytes - from);
      copyBytes(page.bytes, from, target, at + done, taken);
      done += taken;
    }
    return done;
  }

  async load(position: number): Promise<void> {
    const number = Math.floor(position / pageBytes);
    if (this.#pages.has(number)) return;
    await (this.#loading.get(number) ?? this.#readAround(number));
    // What went wrong may have been another page's fault.
    if (!this.#pages.has(number)) await this.#read(number, number + 1);
  }

  /** Waits for what is still being read. */
  async close(): Promise<void> {
    await Promise.all(this.#loading.values());
  }

  #turnTo(number: number): Page | undefined {
    const page = this.#pages.get(number);
    if (page === undefined) return undefined;
    page.recent = true;
    if (!page.used) this.#usedPages += 1;
    page.used = true;
    this.#current = page;
    if (number === this.#lastNumber + 1) this.#streak = Math.min(maxPagesAhead, this.#streak + 1);
    else if (number !== this.#lastNumber) this.#streak >>= 2;
    this.#lastNumber = number;
    if (this.#streak > 0) this.#keepAhead(number + 1, Math.min(maxPagesAhead, 2 * this.#streak));
    return page;
  }

  #keepAhead(first: number, count: number): void {
    if (this.#aheadEnd < first || this.#aheadEnd > first + maxPagesAhead) this.#aheadEnd = first;
    if (this.#aheadEnd - first > count / 2 || this.#loading.size > maxPagesAhead) return;
    const end = Math.min(first + count, this.#pageCount);
    while (this.#aheadEnd < end) this.#aheadEnd = this.#startRead(this.#aheadEnd, end);
  }

  /**
   * Reads a page, and its neighbours too, as long as of all that is read a third is used: but for the first 16 MiB,
   * a patch that asks for single bytes here and there has a page read for each, and not eight.
   */
  async #readAround(number: number): Promise<void> {
    if (this.#readPages > maxPages + 2 * this.#usedPages) return;
    const first = number - (number % pagesAtOnce);
    const end = Math.min(first + pagesAtOnce, this.#pageCount);
    for (let from = first; from < end; ) from = this.#startRead(from, end);
    await this.#loading.get(number);
  }

  /** Begins to read what is missing from `first` on, up to `end` at most. @returns how far it came */
  #startRead(first: number, end: number): number {
    if (this.#isThere(first)) return first + 1;
    const most = Math.min(end, first + pagesAtOnce);
    let behind = first + 1;
    while (behind < most && !this.#isThere(behind)) behind += 1;
    // What goes wrong here goes wrong again when the page is asked for.
    const reading = this.#read(first, behind)
      .catch(() => {})
      .finally(() => {
        for (let number = first; number < behind; number += 1) this.#loading.delete(number);
      });
    for (let number = first; number < behind; number += 1) this.#loading.set(number, reading);
    return behind;
  }

  #isThere(number: number): boolean {
    return this.#pages.has(number) || this.#loading.has(number);
  }

  /** Pages give way only when it has all come, never while somebody copies. */
  async #read(first: number, behind: number): Promise<void> {
    this.#readPages += behind - first;
    const position = first * pageBytes;
    const wanted = Math.min(behind * pageBytes, this.sizeBytes) - position;
    const landing =
      this.#landings.pop() ?? new Uint8Array(Math.min(pagesAtOnce, this.#pageCount) * pageBytes);
    try {
      const got = await this.#source.read(position, landing.subarray(0, wanted));
      if (got < wanted) throw changedWhileRead(this.#source.name);
      for (let number = first; number < behind; number += 1) {
        const bytes = this.#takeRoom();
        bytes.set(landing.subarray((number - first) * pageBytes, (number - first + 1) * pageBytes));
        const page = { number, bytes, recent: true, used: false };
        this.#pages.set(number, page);
        this.#slots.push(page);
      }
    } finally {
      this.#landings.push(landing);
    }
  }

  /** Room for a page: new, or that of one which was not used for long. */
  #takeRoom(): Uint8Array {
    const free = this.#rooms.pop() ?? this.#makeRooms();
    if (free !== undefined) return free;
    for (;;) {
      this.#hand = (this.#hand + 1) % this.#slots.length;
      const page = this.#slots[this.#hand] as Page;
      if (!page.recent && page !== this.#current) {
        this.#slots[this.#hand] = this.#slots.at(-1) as Page;
        this.#slots.pop();
        this.#pages.delete(page.number);
        return page.bytes;
      }
      page.recent = false;
    }
  }

  #makeRooms(): Uint8Array | undefined {
    if (this.#slots.length >= maxPages) return undefined;
    const slab = new Uint8Array(Math.min(pagesAtOnce, this.#pageCount) * pageBytes);
    for (let at = pageBytes; at < slab.length; at += pageBytes) {
      this.#rooms.push(slab.subarray(at, at + pageBytes));
    }
    return slab.subarray(0, pageBytes);
  }
}
