import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Command } from "@potassium/tooling/bench/measured-run";

/** What changes names in a file system. The kernel counts each by itself. */
const calls: readonly string[] = [
  ...["rename", "renameat", "renameat2", "unlink", "unlinkat"],
  ...["mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink", "symlinkat"],
];

/**
 * Runs a command again and again, and has the kernel kill it at each of these calls of its, the first, the second and so
 * on, before the call is done.
 */
export async function killedAtEachCall(
  strace: string,
  command: Command,
  { reset, look }: { readonly reset: () => Promise<void>; readonly look: () => Promise<void> },
): Promise<void> {
  for (const call of calls) {
    for (let when = 1; ; when += 1) {
      await reset();
      if (!(await killedAt(strace, call, when, command))) break;
      await look();
    }
  }
}

async function killedAt(
  strace: string,
  call: string,
  when: number,
  { program, args, cwd }: Command,
): Promise<boolean> {
  const inject = ["-e", `trace=${call}`, "-e", `inject=${call}:signal=KILL:when=${when}`];
  // A thread's calls are counted: with one that works on files, all are.
  const env = { ...process.env, UV_THREADPOOL_SIZE: "1" };
  const words = ["-f", "-qq", "-o", "/dev/null", ...inject, program, ...args];
  const child = spawn(strace, words, { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
  const [code, signal] = await once(child, "exit");
  if (code === 0) return false;
  if (signal === "SIGKILL") return true;
  throw new Error(`${program} at its ${call} ${when} ended with ${code ?? signal}`);
}
