import { readFile } from "node:fs/promises";
import { pnpm, root } from "./pnpm.mjs";
import { runQuietly } from "./run.mjs";

/**
 * Installs what the lock file names and builds what changed. Says little where all goes well.
 *
 * @param {readonly string[]} [filter] arguments of `turbo run build`
 */
export async function setup(filter = []) {
  const started = performance.now();
  if (!(await isInstalled())) {
    console.log("installing and building: some minutes the first time, and silent …");
    await step("install", pnpm("install", "--frozen-lockfile", "--prefer-offline"));
  }
  await step(
    "build",
    pnpm("exec", "turbo", "run", "build", "--output-logs=errors-only", ...filter),
  );
  console.log(`installed and built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Whether what is installed is what the lock file names: pnpm leaves a copy of the one that it followed. */
async function isInstalled() {
  const files = ["pnpm-lock.yaml", "node_modules/.pnpm/lock.yaml"];
  const [wanted, present] = await Promise.all(
    files.map((file) => readFile(root + file, "utf8").catch(() => undefined)),
  );
  return wanted !== undefined && wanted === present;
}

/**
 * @param {string} name
 * @param {ReturnType<typeof pnpm>} command
 */
async function step(name, [program, args, options]) {
  const { code, output } = await runQuietly(program, args, options);
  if (code === 0) return;
  process.stderr.write(`${output}\n${name} failed with exit code ${code}\n`);
  process.exit(code);
}
