// `npm test`: installs, builds, checks and tests everything. Arguments go to vitest: `npm test -- relay`.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runChecks } from "./checks.mjs";
import { pnpm } from "./pnpm.mjs";
import { run } from "./run.mjs";
import { setup } from "./setup.mjs";

await setup();
const checks = await runChecks();
const { tests, code } = await runTests(process.argv.slice(2));
const passed = checks.passed + tests.passed;
const failed = checks.failed + tests.failed;
if (code !== 0 || failed > 0 || tests.passed === 0) process.exitCode = 1;
console.log(`\n${passed} passed, ${failed} failed, ${tests.skipped} skipped`);

/**
 * Runs vitest, whose count-reporter writes what it counted into a file.
 *
 * @param {readonly string[]} args
 * @returns {Promise<{ tests: { passed: number, failed: number, skipped: number }, code: number }>}
 */
async function runTests(args) {
  const folder = await mkdtemp(join(tmpdir(), "potassium-test-"));
  const file = join(folder, "counts.json");
  try {
    const [program, words, options] = pnpm("exec", "vitest", "run", ...args);
    const env = { ...options.env, POTASSIUM_TEST_COUNTS: file };
    const code = await run(program, words, { ...options, env });
    return { tests: JSON.parse(await readFile(file, "utf8")), code };
  } catch (error) {
    console.error(`the tests did not run: ${error}`);
    return { tests: { passed: 0, failed: 1, skipped: 0 }, code: 1 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
