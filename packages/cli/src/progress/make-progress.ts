import type { TextStream } from "../output/text-stream.js";
import { noProgress, type Progress } from "./progress.js";
import { ProgressBar } from "./progress-bar.js";
import { ProgressLines } from "./progress-lines.js";

interface MakeProgressOptions {
  readonly stderr: TextStream;
  readonly now: () => number;
  readonly silent: boolean;
}

/** A bar on a terminal, lines elsewhere, nothing where it is not wanted. */
export function makeProgress({ stderr, now, silent }: MakeProgressOptions): Progress {
  if (silent) return noProgress;
  return stderr.isTerminal ? new ProgressBar(stderr, now) : new ProgressLines(stderr, now);
}
