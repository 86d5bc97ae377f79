import { type AbortOptions, RelayError } from "@potassium/core-types";

type End = { readonly failure?: unknown };

/** Gives every value to every reader, each at its own speed. */
export class EventSource<T> {
  readonly #capacity: number;
  readonly #readers = new Set<EventReader<T>>();
  #isClosed = false;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  publish(value: T): void {
    for (const reader of [...this.#readers]) reader.push(value);
  }

  /** Ends every stream once it has given what waits. */
  close(): void {
    this.#isClosed = true;
    for (const reader of [...this.#readers]) reader.end({});
  }

  /** Reads from now on, so nothing is missed between this call and the first `next()`. */
  subscribe({ signal }: AbortOptions): AsyncIterableIterator<T> {
    const onAbort = () => {
      reader.clear();
      reader.end({ failure: signal?.reason });
    };
    const reader: EventReader<T> = new EventReader(this.#capacity, () => {
      this.#readers.delete(reader);
      signal?.removeEventListener("abort", onAbort);
    });
    this.#readers.add(reader);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    if (this.#isClosed) reader.end({});
    return reader;
  }
}

/** One reader. Where it falls too far behind, it is cut off: a gap in silence would mislead it. */
class EventReader<T> implements AsyncIterableIterator<T> {
  readonly #capacity: number;
  readonly #release: () => void;
  readonly #values: T[] = [];
  #waiting: (() => void)[] = [];
  #end: End | undefined;

  constructor(capacity: number, release: () => void) {
    this.#capacity = capacity;
    this.#release = release;
  }

  push(value: T): void {
    if (this.#values.length < this.#capacity) this.#values.push(value);
    else {
      const message = `the reader fell more than ${this.#capacity} events behind; look at list() and subscribe again`;
      this.end({ failure: new RelayError("TOO_LARGE", message) });
    }
    this.#wake();
  }

  clear(): void {
    this.#values.length = 0;
  }

  end(end: End): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#release();
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  async next(): Promise<IteratorResult<T>> {
    while (this.#values.length === 0 && this.#end === undefined) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#values.length > 0) return { done: false, value: this.#values.shift() as T };
    const end = this.#end;
    // Told once; who asks again sees the end.
    this.#end = {};
    if (end !== undefined && "failure" in end) throw end.failure;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<T>> {
    this.clear();
    this.end({});
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
