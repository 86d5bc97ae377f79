// `npm test`: installs, builds, checks and tests everything. Arguments go to vitest: `npm test -- relay`. Where
// POTASSIUM_ALSO_NODE names another version of Node, what that can change is tested on it too, and counted.
import { runChecks } from "./checks.mjs";
import { newerNodeTests } from "./newer-node.mjs";
import { pnpm } from "./pnpm.mjs";
import { runTests } from "./run-tests.mjs";
import { setup } from "./setup.mjs";

await setup();
const parts = [
  { ...(await runChecks()), skipped: 0 },
  await runTests(pnpm("exec", "vitest", "run", ...process.argv.slice(2))),
];
const version = process.env.POTASSIUM_ALSO_NODE;
if (version !== undefined) {
  console.log(`\nThe tests that another Node can change, on Node ${version}:`);
  parts.push(await runTests(await newerNodeTests(version)));
}
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const { passed, failed, skipped } of parts) {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
}
if (sum.failed > 0) process.exitCode = 1;
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
