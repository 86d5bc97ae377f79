import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { readProcessStat } from "./process-stat.js";

/** A process of this machine that runs. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** All processes of this machine, without those that have ended and only wait to be reaped. */
export async function readProcessTable(): Promise<ProcessEntry[]> {
  return process.platform === "linux" ? readProc() : readPs();
}

async function readProc(): Promise<ProcessEntry[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(pids.map(readProcessStat));
  return stats.filter(
    (stat) => stat !== undefined && stat.state !== "Z" && stat.state !== "X",
  ) as ProcessEntry[];
}

/** Exported for its test: what systems without `/proc` use. */
export async function readPs(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split("\n").flatMap((line) => {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    if (state === undefined || state.startsWith("Z")) return [];
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group) }];
  });
}

/** Whether the process was started with the variable in its environment. Only Linux tells. */
export async function hasVariable(pid: number, name: string): Promise<boolean> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, "latin1");
    return `\0${environment}`.includes(`\0${name}=`);
  } catch {
    return false;
  }
}
