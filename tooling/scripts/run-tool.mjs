import { join } from "node:path";
import { root } from "./pnpm.mjs";
import { runQuietly } from "./run.mjs";

/**
 * Runs a program that the repository has installed, in its folder, and keeps its output.
 *
 * @param {string} name
 * @param {string[]} args
 */
export function runTool(name, ...args) {
  // Windows starts no scripts without a shell.
  const shell = process.platform === "win32";
  return runQuietly(join(root, "node_modules", ".bin", name), args, { cwd: root, shell });
}
