import type { LogLine } from "@potassium/core-types";

/**
 * Knows how far a log was read, so that reading can go on behind it. Podman writes times in whole
 * seconds, so lines of one second are told apart by their number.
 */
export class LogCursor {
  #second: string | undefined;
  /** Lines of the second that this reading has brought, */
  #seen = 0;
  /** and those of it that were given before. */
  #known: number;

  /** @param known lines of the first second that were given already. */
  constructor(known = 0) {
    this.#known = known;
  }

  /** Whether the line was not given before. */
  isNew({ time }: LogLine): boolean {
    const second = time.slice(0, 19);
    if (second !== this.#second) {
      // Known lines are of one second: those that the log has lost since don't count for another.
      if (this.#second !== undefined) this.#known = 0;
      this.#second = second;
      this.#seen = 0;
    }
    this.#seen += 1;
    return this.#seen > this.#known;
  }

  /** The second to read from on again; the lines of it that were given are then passed over. */
  resume(): number | undefined {
    if (this.#second === undefined) return undefined;
    // A reading that broke off early may have brought fewer than are known.
    this.#known = Math.max(this.#known, this.#seen);
    this.#seen = 0;
    return Math.floor(Date.parse(`${this.#second}Z`) / 1000);
  }
}
