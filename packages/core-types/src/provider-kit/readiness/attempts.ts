/** What was tried until now to see whether a server is ready, for the error's message. */
export class Attempts {
  #count = 0;
  #what = "nothing was tried";
  #problem = "";
  #cutOff = "";

  /** Notes one try that failed. */
  failed(what: string, problem: unknown): void {
    this.#count += 1;
    this.#what = what;
    this.#problem = reason(problem);
  }

  /** Notes one try that was still under way at the deadline. What failed before it says more. */
  cutOff(what: string, deadline: unknown): void {
    this.#count += 1;
    this.#what = what;
    this.#cutOff = reason(deadline);
  }

  toString(): string {
    if (this.#count === 0) return this.#what;
    const tries = this.#count === 1 ? "1 try: " : `${this.#count} tries, the last: `;
    const problems = [this.#cutOff, this.#problem].filter((problem) => problem !== "");
    return `${this.#what}: ${tries}${problems.join("; before it: ")}`;
  }
}

/** An `AggregateError`, as a connection to a host of several addresses gives, has no message itself. */
function reason(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  const inner = problem instanceof AggregateError ? problem.errors[0] : undefined;
  return problem.message || (inner instanceof Error ? inner.message : "") || problem.name;
}
