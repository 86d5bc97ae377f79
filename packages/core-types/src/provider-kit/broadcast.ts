import { ProviderError } from "../provider/provider-error.js";
import type { AbortOptions } from "../wait/abort-options.js";

export interface BroadcastOptions {
  /** How many values wait for one slow reader at most. @default 4096 */
  readonly capacity?: number | undefined;
}

/**
 * Gives every value to every reader, each at its own speed.
 *
 * A reader that falls more than `capacity` values behind is cut off: it reads what waits for it, and
 * its stream then rejects with `TOO_LARGE`. Dropping values in silence would leave it with a wrong
 * picture; now it knows that it must look again.
 */
export class Broadcast<T> {
  readonly #capacity: number;
  readonly #readers = new Set<Reader<T>>();
  #closed = false;

  constructor(options: BroadcastOptions = {}) {
    this.#capacity = options.capacity ?? 4096;
  }

  /** How many streams are open. */
  get readers(): number {
    return this.#readers.size;
  }

  /** Gives a value to all who read now. */
  publish(value: T): void {
    for (const reader of this.#readers) reader.push(value);
  }

  /** Ends every stream, once it has given what waits. Later ones end at once. */
  close(): void {
    this.#closed = true;
    for (const reader of [...this.#readers]) reader.end();
  }

  /**
   * Reads from now on: what is published between this call and the first `next()` is not missed.
   * Leaving the loop releases the stream, and so does `signal`, with which `next()` then rejects.
   */
  subscribe(options: AbortOptions = {}): AsyncIterableIterator<T> {
    const reader = new Reader<T>(this.#capacity, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    reader.follow(options.signal);
    if (this.#closed) reader.end();
    return reader;
  }
}

type End = { readonly type: "done" } | { readonly type: "failed"; readonly error: unknown };

interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (error: unknown) => void;
}

class Reader<T> implements AsyncIterableIterator<T> {
  readonly #capacity: number;
  readonly #release: () => void;
  #values: T[] = [];
  #waiting: Waiting<T>[] = [];
  #end: End | undefined;
  #unfollow = () => {};

  constructor(capacity: number, release: () => void) {
    this.#capacity = capacity;
    this.#release = release;
  }

  follow(signal: AbortSignal | undefined): void {
    if (signal === undefined) return;
    const onAbort = () => {
      this.#values = [];
      this.#finish({ type: "failed", error: signal.reason });
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#unfollow = () => signal.removeEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
  }

  push(value: T): void {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      waiting.resolve({ done: false, value });
    } else if (this.#values.length < this.#capacity) {
      this.#values.push(value);
    } else {
      const message = `the reader fell more than ${this.#capacity} values behind: look again and subscribe again`;
      this.#finish({ type: "failed", error: new ProviderError("TOO_LARGE", message) });
    }
  }

  end(): void {
    this.#finish({ type: "done" });
  }

  async next(): Promise<IteratorResult<T>> {
    if (this.#values.length > 0) return { done: false, value: this.#values.shift() as T };
    const end = this.#end;
    if (end === undefined) {
      return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    }
    if (end.type === "done") return { done: true, value: undefined };
    // Told once; who asks again sees the end.
    this.#end = { type: "done" };
    throw end.error;
  }

  async return(): Promise<IteratorResult<T>> {
    this.#values = [];
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(end: End): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#unfollow();
    this.#release();
    const [first, ...others] = this.#waiting;
    this.#waiting = [];
    if (first === undefined) return;
    if (end.type === "failed") {
      this.#end = { type: "done" };
      first.reject(end.error);
    } else {
      first.resolve({ done: true, value: undefined });
    }
    for (const { resolve } of others) resolve({ done: true, value: undefined });
  }
}
