import type { Breather } from "../breather.js";
import type { Crew } from "./crew.js";
import type { Job, JobResults, JobSetting } from "./job.js";
import { Workbench } from "./workbench.js";

/** Does the jobs here and now: for files so small that starting threads would take longer. */
export class OwnThread implements Crew {
  readonly size = 1;
  readonly #bench: Workbench;
  readonly #breather: Breather;
  #last: Promise<unknown> = Promise.resolve();

  constructor(setting: JobSetting, breather: Breather) {
    this.#bench = new Workbench(setting);
    this.#breather = breather;
  }

  run<Kind extends Job["kind"]>(job: Extract<Job, { kind: Kind }>): Promise<JobResults[Kind]> {
    const done = this.#last.then(async () => {
      await this.#breather.breathe();
      return this.#bench.do(job) as JobResults[Kind];
    });
    this.#last = done.catch(() => {});
    return done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
    this.#bench[Symbol.dispose]();
  }
}
