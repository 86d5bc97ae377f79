import type { RegistryChange } from "@potassium/core-types";

type Change = Exclude<RegistryChange, { readonly kind: "resync" }>;

/** The last changes, which any number of readers go through by their own cursors. */
export class ChangeLog {
  readonly #kept: number;
  /** A ring: change number n is at n % kept. */
  readonly #changes: Change[] = [];
  readonly #readers = new Set<() => void>();
  /** The number of the next change. */
  #end = 0;
  /** All changes after this version are kept. */
  #since: number;

  /** @param since no change before this version is known. */
  constructor(kept: number, since: number) {
    this.#kept = kept;
    this.#since = since;
  }

  get end(): number {
    return this.#end;
  }

  append(change: Change): void {
    const place = this.#end % this.#kept;
    this.#since = this.#changes[place]?.version ?? this.#since;
    this.#changes[place] = Object.freeze(change);
    this.#end += 1;
    this.wake();
  }

  /** The cursor behind this version; `undefined` where what came after it is no longer kept. */
  cursorAfter(version: number): number | undefined {
    if (version < this.#since) return undefined;
    let low = this.#first;
    let high = this.#end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if ((this.#changes[middle % this.#kept]?.version ?? 0) <= version) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The change at a cursor before the end; `undefined` where it is no longer kept. */
  at(cursor: number): Change | undefined {
    return cursor < this.#first ? undefined : this.#changes[cursor % this.#kept];
  }

  /** Calls `onChange` at each change, until the answer is called. */
  follow(onChange: () => void): () => void {
    this.#readers.add(onChange);
    return () => this.#readers.delete(onChange);
  }

  wake(): void {
    for (const reader of this.#readers) reader();
  }

  get #first(): number {
    return Math.max(0, this.#end - this.#kept);
  }
}
