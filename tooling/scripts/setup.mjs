import { pnpm } from "./pnpm.mjs";
import { runQuietly } from "./run.mjs";

/**
 * Installs what the lock file names and builds what changed. Says little where all goes well.
 *
 * @param {readonly string[]} [filter] arguments of `turbo run build`
 */
export async function setup(filter = []) {
  const started = performance.now();
  await step("install", pnpm("install", "--frozen-lockfile", "--prefer-offline"));
  await step(
    "build",
    pnpm("exec", "turbo", "run", "build", "--output-logs=errors-only", ...filter),
  );
  console.log(`installed and built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
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
