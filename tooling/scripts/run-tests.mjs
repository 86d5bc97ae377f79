import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.mjs";

/**
 * Runs vitest, whose count-reporter writes what it counted into a file. A run that ends badly without a failed
 * test, or without any test, counts as a failure.
 *
 * @param {[program: string, args: readonly string[], options: import("node:child_process").SpawnOptions]} command
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runTests([program, args, options]) {
  const folder = await mkdtemp(join(tmpdir(), "potassium-test-"));
  const file = join(folder, "counts.json");
  try {
    const env = { ...options.env, POTASSIUM_TEST_COUNTS: file };
    const code = await run(program, args, { ...options, env });
    const counts = JSON.parse(await readFile(file, "utf8"));
    const isFailure = counts.failed === 0 && (code !== 0 || counts.passed === 0);
    return isFailure ? { ...counts, failed: 1 } : counts;
  } catch (error) {
    console.error(`the tests did not run: ${error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
