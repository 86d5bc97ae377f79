import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import type { WorkFolder } from "./work-folder.js";

/**
 * A program text in the place of bsdiff-node, which the child process loads: the body of its `diff`, with
 * `report` as the callback that gets percents. Before it starts it notes its process's id.
 */
export function standIn(folder: WorkFolder, body: string): Promise<string> {
  return folder.write(
    "stand-in.cjs",
    `const { writeFileSync, renameSync } = require("node:fs");
     exports.diff = async (oldPath, newPath, patchPath, report) => {
       writeFileSync(__dirname + "/pid.tmp", String(process.pid));
       renameSync(__dirname + "/pid.tmp", __dirname + "/pid");
       ${body}
     };`,
  );
}

/** The real bsdiff-node, which notes its process's id first. */
export function notedBsdiff(folder: WorkFolder): Promise<string> {
  const entry = createRequire(import.meta.url).resolve("bsdiff-node");
  return standIn(
    folder,
    `return require(${JSON.stringify(entry)}).diff(oldPath, newPath, patchPath, report);`,
  );
}

/** Keeps a thread busy for many minutes, as the suffix sort of large files does. */
export const endlessWork = `await new Promise((done) =>
  require("node:crypto").pbkdf2("a", "b", 2 ** 31 - 1, 64, "sha512", done));`;

export async function childPid(folder: WorkFolder): Promise<number> {
  const text = await until(() => readFile(folder.path("pid"), "utf8").catch(() => undefined));
  return Number(text);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What `look` finds, once it finds something. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("it did not come about in 30 s");
    await sleep(10);
  }
}
