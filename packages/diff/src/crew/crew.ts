import type { Job, JobResults } from "./job.js";

/** Those who do the jobs of a generation. */
export interface Crew extends AsyncDisposable {
  /** How many jobs are done at a time. */
  readonly size: number;
  /** @throws `IO_ERROR`, `NOT_FOUND`, `TOO_LARGE` (memory ran out); the signal's reason */
  run<Kind extends Job["kind"]>(job: Extract<Job, { kind: Kind }>): Promise<JobResults[Kind]>;
}
