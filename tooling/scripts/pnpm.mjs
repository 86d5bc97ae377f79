import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** `pnpm@<version>`, as package.json pins it. */
export const pinnedPnpm = JSON.parse(readFileSync(`${root}package.json`, "utf8")).packageManager;

/** Neither turbo nor anything else of ours reports to anybody. */
const environment = { TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };

/**
 * The command line that runs the pinned pnpm by npm, so that nobody needs pnpm installed.
 *
 * @param {readonly string[]} args
 * @returns {[program: string, args: string[], options: import("node:child_process").SpawnOptions]}
 */
export function pnpm(...args) {
  const words = ["exec", "--yes", `--package=${pinnedPnpm}`, "--", "pnpm", ...args];
  const options = { cwd: root, env: { ...process.env, ...environment } };
  // npm tells its scripts where it is; its own file runs on every system without a shell.
  const npm = process.env.npm_execpath;
  if (npm?.endsWith("npm-cli.js")) return [process.execPath, [npm, ...words], options];
  return ["npm", words, { ...options, shell: process.platform === "win32" }];
}
