import assert from "node:assert/strict";
import type { LobbyClaim, SeatClaim } from "../../registry/claim.js";
import type { Awaitable } from "../../wait/awaitable.js";

/** What was claimed. That nothing was fails. */
export async function claimed<Claim extends SeatClaim | LobbyClaim>(
  claim: Awaitable<Claim>,
): Promise<Extract<Claim, { readonly state: "claimed" }>> {
  const answer = await claim;
  assert.equal(answer.state, "claimed");
  return answer as Extract<Claim, { readonly state: "claimed" }>;
}
