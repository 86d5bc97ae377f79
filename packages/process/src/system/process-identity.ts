import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { readProcessStat } from "./process-stat.js";

/** A process for good: numbers are given again, but never with the same moment of start. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the system tells it; null where it doesn't (Windows). */
  readonly started: string | null;
}

/** Who has this number now, or `undefined` where nobody does. What has ended but is not reaped is nobody. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!isThere(pid)) return undefined;
  if (process.platform === "win32") return { pid, started: null };
  const started = process.platform === "linux" ? await startOnLinux(pid) : await startByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

let own: Promise<ProcessIdentity> | undefined;

/** This process. */
export function identifySelf(): Promise<ProcessIdentity> {
  own ??= identifyProcess(process.pid).then((self) => self ?? { pid: process.pid, started: null });
  return own;
}

/** Whether that very process still runs. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(identity.pid);
  return now !== undefined && now.started === identity.started;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and is somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

let bootId: Promise<string> | undefined;

/** Ticks since the start of the system, so it takes the system's start too. */
async function startOnLinux(pid: number): Promise<string | undefined> {
  const stat = await readProcessStat(pid);
  if (stat === undefined || stat.state === "Z" || stat.state === "X") return undefined;
  bootId ??= readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return `${(await bootId).trim()}:${stat.startTicks}`;
}

async function startByPs(pid: number): Promise<string | undefined> {
  const args = ["-o", "stat=,lstart=", "-p", String(pid)];
  const output = await promisify(execFile)("ps", args, {
    env: { ...process.env, LC_ALL: "C" },
  }).then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );
  const match = /^(\S+)\s+(.+)$/.exec(output);
  return match === null || match[1]?.startsWith("Z") ? undefined : match[2];
}
