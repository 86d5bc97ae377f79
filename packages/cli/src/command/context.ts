import type { Edges } from "../edge/edges.js";
import type { Output } from "../output/output.js";
import type { Progress } from "../progress/progress.js";

/** What a verb has to work with, instead of the process. */
export interface Context {
  /** Aborts at Ctrl-C and SIGTERM, and when whoever read the output has gone: pass it on to everything that waits. */
  readonly signal: AbortSignal;
  readonly output: Output;
  readonly progress: Progress;
  /** Whether more is wanted to be told: by `--verbose`. */
  readonly verbose: boolean;
  readonly env: Edges["env"];
  readonly stdin: Edges["stdin"];
}
