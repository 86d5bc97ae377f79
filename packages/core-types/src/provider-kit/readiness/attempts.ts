/** What was tried until now to see whether a server is ready, for the error's message. */
export class Attempts {
  #count = 0;
  #what = "nothing was tried";
  #problem = "";

  /** Notes one try that failed. */
  failed(what: string, problem: unknown): void {
    this.#count += 1;
    this.#what = what;
    this.#problem = problem instanceof Error ? reason(problem) : String(problem);
  }

  toString(): string {
    if (this.#count === 0) return this.#what;
    const tries = this.#count === 1 ? "one try" : `${this.#count} tries`;
    return `${this.#what}: ${tries}, the last: ${this.#problem}`;
  }
}

/** An `AggregateError`, as a connection to a host of several addresses gives, has no message itself. */
function reason(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors[0] : undefined;
  return error.message || (inner instanceof Error ? inner.message : "") || error.name;
}
