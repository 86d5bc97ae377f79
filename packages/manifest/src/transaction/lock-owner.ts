import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { unless } from "../fs/file-system-code.js";

/**
 * Who holds a lock. A process is told from a later one with its number by when it started, and by the start
 * of the machine, where the system tells them (Linux does); "0" elsewhere.
 */
export interface LockOwner {
  readonly pid: number;
  readonly start: string;
  readonly boot: string;
  readonly host: string;
}

/** Tells which process this is, and which others still run. */
export interface LockOwners {
  self(): Promise<LockOwner>;
  isRunning(owner: LockOwner): Promise<boolean>;
}

export const thisMachine: LockOwners = {
  async self() {
    return {
      pid: process.pid,
      start: (await startOf(process.pid)) ?? "0",
      boot: await boot(),
      host: shortHash(hostname()),
    };
  },

  async isRunning(owner) {
    // What runs on another machine can't be seen from here: better to refuse than to be the second.
    if (owner.host !== shortHash(hostname())) return true;
    if (owner.boot !== (await boot())) return false;
    if (!isAlive(owner.pid)) return false;
    const start = await startOf(owner.pid);
    return start === undefined || owner.start === "0" || start === owner.start;
  },
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** When a process started, in the kernel's ticks since the machine did. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readSystemFile(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets, which may hold anything.
  return text?.slice(text.lastIndexOf(")") + 2).split(" ")[19];
}

async function boot(): Promise<string> {
  const id = await readSystemFile("/proc/sys/kernel/random/boot_id");
  return id === undefined ? "0" : shortHash(id);
}

const readSystemFile = (path: string) =>
  unless(["ENOENT", "ENOTDIR", "EACCES", "ESRCH"], () => readFile(path, "latin1"));

const shortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);
