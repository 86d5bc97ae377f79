import { testAborting } from "./aborting.js";
import { testBadArguments } from "./bad-arguments.js";
import { testConcurrency } from "./concurrency.js";
import { testFinding } from "./finding.js";
import { testHostileIds } from "./hostile-ids.js";
import { testListing } from "./listing.js";
import { testMatches } from "./matches.js";
import { testOrdering } from "./ordering.js";
import { testRegistering } from "./registering.js";
import { testSnapshots } from "./snapshots.js";
import { type RegistrySuiteOptions, registryTest } from "./suite.js";
import { testUpdating } from "./updating.js";

/**
 * Registers the tests that every `ServerRegistry` must pass.
 *
 * @example
 * ```ts
 * import { test } from "vitest";
 * testServerRegistry({ test, create: () => new Registry() });
 * ```
 */
export function testServerRegistry(options: RegistrySuiteOptions): void {
  const test = registryTest(options);
  testRegistering(test);
  testUpdating(test);
  testMatches(test);
  testListing(test);
  testOrdering(test);
  testFinding(test);
  testSnapshots(test);
  testHostileIds(test);
  testBadArguments(test);
  testAborting(test);
  testConcurrency(test);
}
