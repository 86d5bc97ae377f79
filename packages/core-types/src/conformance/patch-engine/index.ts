import { testAborting } from "./aborting.js";
import { testBadPatches } from "./bad-patches.js";
import { testConcurrency } from "./concurrency.js";
import { testExpectations } from "./expectations.js";
import { testFileNames } from "./file-names.js";
import { testInputs } from "./inputs.js";
import { testOutputs } from "./outputs.js";
import { testProgress } from "./progress.js";
import { testRoundTrips } from "./round-trips.js";
import { createSuite, type PatchEngineSuiteOptions } from "./suite.js";

/**
 * Registers the tests that every `PatchEngine` must pass. They work on real files, in folders of their
 * own below the system's folder for temporary files.
 *
 * @example
 * ```ts
 * import { test } from "vitest";
 * testPatchEngine({ test, create: () => bsdiff });
 * ```
 */
export function testPatchEngine(options: PatchEngineSuiteOptions): void {
  const suite = createSuite(options);
  testRoundTrips(suite);
  testOutputs(suite);
  testInputs(suite);
  testBadPatches(suite);
  testExpectations(suite);
  testAborting(suite);
  testConcurrency(suite);
  testProgress(suite);
  testFileNames(suite);
}
