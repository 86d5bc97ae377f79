import type { ByteSource } from "../source/byte-source.js";
import { changedWhileRead } from "../source/file-source.js";
import { copyBytes } from "./copy-bytes.js";
import type { OldBytes } from "./old-bytes.js";

export const pageBytes = 256 * 1024;
/** 32 MiB: a file of up to that size is read once. */
const maxPages = 128;
/** How many pages are read ahead where one follows the other. */
const pagesAhead = 4;

interface Page {
  number: number;
  readonly bytes: Uint8Array;
  /** Used since the search for a page to give up last came by. */
  recent: boolean;
  /** Read ahead, and not used yet. */
  ahead: boolean;
}

/** Reads an old file at any place, through a bounded number of pages in memory. */
export class OldReader implements OldBytes {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #pages = new Map<number, Page>();
  /** All pages, in the order in which they are looked at when one has to go. */
  readonly #slots: Page[] = [];
  readonly #loading = new Map<number, Promise<void>>();
  #hand = 0;
  #current: Page | undefined;
  #lastNumber = -1;

  constructor(source: ByteSource) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
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

  /** The bytes of the page with that number. */
  async page(number: number): Promise<Uint8Array> {
    await this.load(number * pageBytes);
    const page = this.#turnTo(number) as Page;
    return page.bytes.subarray(0, this.#sizeOf(number));
  }

  async load(position: number): Promise<void> {
    const number = Math.floor(position / pageBytes);
    if (this.#pages.has(number)) return;
    const loading = this.#loading.get(number) ?? this.#read(number, false);
    if (number === this.#lastNumber + 1) this.#readAhead(number + 1);
    this.#lastNumber = number;
    await loading;
  }

  /** Waits for what is still being read. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#loading.values());
  }

  #turnTo(number: number): Page | undefined {
    const page = this.#pages.get(number);
    if (page === undefined) return undefined;
    page.recent = true;
    this.#current = page;
    if (page.ahead) {
      page.ahead = false;
      this.#lastNumber = number;
      this.#readAhead(number + 1);
    }
    return page;
  }

  #readAhead(first: number): void {
    for (let number = first; number < first + pagesAhead; number += 1) {
      if (number * pageBytes >= this.sizeBytes) return;
      if (this.#pages.has(number) || this.#loading.has(number)) continue;
      // What goes wrong here goes wrong again when the page is asked for.
      this.#read(number, true).catch(() => {});
    }
  }

  #read(number: number, ahead: boolean): Promise<void> {
    const reading = this.#fill(number, ahead).finally(() => this.#loading.delete(number));
    this.#loading.set(number, reading);
    return reading;
  }

  async #fill(number: number, ahead: boolean): Promise<void> {
    const wanted = this.#sizeOf(number);
    const bytes = this.#takeRoom();
    const got = await this.#source.read(number * pageBytes, bytes.subarray(0, wanted));
    if (got < wanted) throw changedWhileRead(this.#source.name);
    const page = { number, bytes, recent: true, ahead };
    this.#pages.set(number, page);
    this.#slots.push(page);
  }

  /** Room for a page: new, or that of one which was not used for long. */
  #takeRoom(): Uint8Array {
    if (this.#slots.length < maxPages) {
      return new Uint8Array(Math.min(pageBytes, this.sizeBytes));
    }
    for (;;) {
      this.#hand = (this.#hand + 1) % this.#slots.length;
      const page = this.#slots[this.#hand] as Page;
      if (!page.recent) {
        this.#slots[this.#hand] = this.#slots.at(-1) as Page;
        this.#slots.pop();
        this.#pages.delete(page.number);
        if (this.#current === page) this.#current = undefined;
        return page.bytes;
      }
      page.recent = false;
    }
  }

  #sizeOf(number: number): number {
    return Math.min(pageBytes, this.sizeBytes - number * pageBytes);
  }
}
