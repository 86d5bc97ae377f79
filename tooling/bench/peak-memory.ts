import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { median } from "@potassium/tooling/bench";

const lookEveryMs = 1;

/** Whether the machine tells what a process's peak is. */
export const tellsPeaks: boolean = process.platform === "linux";

/**
 * The most resident memory that a program has at once, in MB; the median of three runs.
 *
 * Linux keeps the peak (`VmHWM`), which is looked at until the program ends: so only what is added in its last
 * millisecond can be missed. `ru_maxrss` would be wrong, as it begins with that of the process which forked.
 */
export async function peakMemory(
  program: string,
  args: readonly string[],
  cwd?: string,
): Promise<number> {
  const peaks: number[] = [];
  for (let run = 0; run < 3; run += 1) peaks.push(await peakOnce(program, args, cwd));
  return median(peaks);
}

async function peakOnce(
  program: string,
  args: readonly string[],
  cwd: string | undefined,
): Promise<number> {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "close");
  let peakMb = 0;
  const look = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, lookEveryMs);
  try {
    const [code] = await ended;
    if (code !== 0) throw new Error(`${program} ended with ${code}`);
  } finally {
    clearInterval(look);
  }
  if (peakMb === 0) throw new Error(`${program} ended before its memory could be looked at`);
  return peakMb;
}

/** The most resident memory that a process has had so far, in MB; 0 once it has given its memory back. */
export function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return (Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}
