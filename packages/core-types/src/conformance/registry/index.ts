import { testAborting } from "./aborting.js";
import { testBadArguments } from "./bad-arguments.js";
import { testBadOptions } from "./bad-options.js";
import { testBadRequests } from "./bad-requests.js";
import { testClaimRaces } from "./claim-races.js";
import { testClaimingLobbies } from "./claiming-lobbies.js";
import { testClaimingSeats } from "./claiming-seats.js";
import { testConcurrency } from "./concurrency.js";
import { testConfirming } from "./confirming.js";
import { testDisposing } from "./disposing.js";
import { testDraining } from "./draining.js";
import { testFiltering } from "./filtering.js";
import { testFinding } from "./finding.js";
import { testFindingSeats } from "./finding-seats.js";
import { testHeartbeats } from "./heartbeats.js";
import { testHostileIds } from "./hostile-ids.js";
import { testIdempotencyKeys } from "./idempotency-keys.js";
import { testLeaseEnds } from "./lease-ends.js";
import { testLeases } from "./leases.js";
import { testListing } from "./listing.js";
import { testMatches } from "./matches.js";
import { testOrdering } from "./ordering.js";
import { testPaging } from "./paging.js";
import { testRegistering } from "./registering.js";
import { testRegisteringAgain } from "./registering-again.js";
import { testResyncing } from "./resyncing.js";
import { testServerOrders } from "./server-orders.js";
import { testSnapshots } from "./snapshots.js";
import { type RegistrySuiteOptions, registryTest } from "./suite.js";
import { testUnclaimable } from "./unclaimable.js";
import { testUpdating } from "./updating.js";
import { testVersions } from "./versions.js";
import { testWatching } from "./watching.js";

/**
 * Registers the tests that every `ServerRegistry` must pass.
 *
 * @example
 * ```ts
 * import { test } from "vitest";
 * testServerRegistry({ test, create: (settings) => new Registry(settings) });
 * ```
 */
export function testServerRegistry(options: RegistrySuiteOptions): void {
  const test = registryTest(options);
  testRegistering(test);
  testRegisteringAgain(test);
  testVersions(test);
  testUpdating(test);
  testMatches(test);
  testListing(test);
  testFiltering(test);
  testOrdering(test);
  testServerOrders(test);
  testPaging(test);
  testFinding(test);
  testFindingSeats(test);
  testClaimingSeats(test);
  testClaimingLobbies(test);
  testIdempotencyKeys(test);
  testConfirming(test);
  testLeaseEnds(test);
  testLeases(test);
  testUnclaimable(test);
  testClaimRaces(test);
  testHeartbeats(test);
  testDraining(test);
  testWatching(test);
  testResyncing(test);
  testSnapshots(test);
  testHostileIds(test);
  testBadArguments(test);
  testBadRequests(test);
  testBadOptions(test);
  testAborting(test);
  testDisposing(test);
  testConcurrency(test);
}
