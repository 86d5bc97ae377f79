import { testAborting } from "./aborting.js";
import { testAllocating } from "./allocating.js";
import { testConsole } from "./console.js";
import { testDisposing } from "./disposing.js";
import { testEvents } from "./events.js";
import { testExec } from "./exec.js";
import { testFiles } from "./files.js";
import { testFolders } from "./folders.js";
import { testIdempotency } from "./idempotency.js";
import { testInvalidRequests } from "./invalid-requests.js";
import { testListing } from "./listing.js";
import { testLogs } from "./logs.js";
import { testPorts } from "./ports.js";
import { testReadiness } from "./readiness.js";
import { testStats } from "./stats.js";
import { testStopping } from "./stopping.js";
import { createSuite, type ProviderSuiteOptions } from "./suite.js";
import { testSupport } from "./support.js";

/**
 * Registers the tests that every `Provider` must pass. What the provider declares as unsupported is
 * tested to be refused; nothing else is left out.
 *
 * @example
 * ```ts
 * testProvider({
 *   test,
 *   create: () => new ProcessProvider({ images: { game: { command: ["node", conformanceServerPath] } } }),
 *   supports: processSupports,
 *   image: "game",
 *   folder: "/",
 * });
 * ```
 */
export function testProvider(options: ProviderSuiteOptions): void {
  const suite = createSuite(options);
  testSupport(suite);
  testAllocating(suite);
  testPorts(suite);
  testInvalidRequests(suite);
  testReadiness(suite);
  testIdempotency(suite);
  testListing(suite);
  testStopping(suite);
  testEvents(suite);
  testLogs(suite);
  testConsole(suite);
  testExec(suite);
  testStats(suite);
  testFiles(suite);
  testFolders(suite);
  testAborting(suite);
  testDisposing(suite);
}
