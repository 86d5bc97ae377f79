import { pnpm } from "./pnpm.mjs";
import { runQuietly } from "./run.mjs";

/** What is checked beside the tests, by name. */
const checks = {
  types: pnpm("exec", "turbo", "run", "typecheck", "--output-logs=errors-only"),
  "lint and format": pnpm("exec", "biome", "ci", "--colors=off", "."),
  "import directions": pnpm("exec", "turbo", "boundaries"),
  "API reference": pnpm("exec", "tsx", "tooling/docs/api-reference.ts", "--check"),
};

/**
 * Runs all checks; shows the output of those that fail.
 *
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks() {
  const counts = { passed: 0, failed: 0 };
  for (const [name, [program, args, options]] of Object.entries(checks)) {
    const { code, output } = await runQuietly(program, args, options);
    if (code === 0) counts.passed += 1;
    else counts.failed += 1;
    console.log(code === 0 ? `✓ ${name}` : `✗ ${name}\n\n${output}`);
  }
  return counts;
}
