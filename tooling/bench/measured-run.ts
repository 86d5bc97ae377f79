import { spawn } from "node:child_process";
import { once } from "node:events";
import { peakOf } from "@potassium/tooling/bench/peak-memory";

/** A process that is measured from its start to its end. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string | undefined;
}

export interface Measurement {
  /** By the clock on the wall. */
  readonly seconds: number;
  /** The most resident memory at once; 0 where the machine does not tell. */
  readonly peakMb: number;
}

/** Often in the first second, so that little is missed of short runs; then so seldom that it takes nothing from long ones. */
const lookEveryMs = (ranMs: number): number => (ranMs < 1000 ? 1 : 10);
const timeout = 3_600_000;

/** Runs a process to its end, and measures both at once: for runs that are too long to be repeated for each. */
export async function measuredRun({ program, args, cwd }: Command): Promise<Measurement> {
  const start = performance.now();
  const child = spawn(program, args, { cwd, timeout, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  let peakMb = 0;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
    timer = setTimeout(look, lookEveryMs(performance.now() - start));
  };
  look();
  try {
    const [code] = await once(child, "close");
    const seconds = (performance.now() - start) / 1000;
    if (code !== 0)
      throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${complaint}`);
    return { seconds, peakMb };
  } finally {
    clearTimeout(timer);
  }
}
