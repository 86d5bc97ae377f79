import { writeFileSync } from "node:fs";

/**
 * Counts all tests of a run and writes the counts to the file that `POTASSIUM_TEST_COUNTS` names. Says which tests
 * passed on a second try only.
 */
export default class CountReporter {
  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      // A file that breaks before its tests are known, or a suite whose hook breaks, is a failure too.
      counts.failed += module.errors().length;
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // A test that never ran because the run broke off is not a skip.
        if (state === "pending") counts.failed += 1;
        else counts[state] += 1;
        if (test.diagnostic()?.flaky === true)
          console.log(`FLAKY: passed on a second try: ${test.fullName}`);
      }
    }
    const file = process.env.POTASSIUM_TEST_COUNTS;
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}
