import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/**
 * A folder that is removed after the test, in memory where the system has such: what a killed process has written stays
 * there as it does on a disk, and hundreds of updates don't wait for as many thousand times that a disk is flushed.
 */
export async function quickFolder(): Promise<string> {
  const memory = "/dev/shm";
  const folder = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), "potassium-manifest-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of a tree, as it is. */
export async function copyTree(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
  return to;
}
