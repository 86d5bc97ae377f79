import type { Lease, MatchInfo, ServerRecord, ServerRegistry } from "@potassium/core-types";
import { expect, expectTypeOf, test } from "vitest";
import type { Registry } from "../src/index.js";

// What is checked here is checked by tsc; the calls are never made.
function typed(registry: Registry): void {
  expectTypeOf(registry).toExtend<ServerRegistry>();

  expectTypeOf(
    registry.list({ type: "game", labels: { region: "eu" }, minMatchSeats: 2 }),
  ).toEqualTypeOf<readonly ServerRecord[]>();
  registry.list({ availability: "expired" }, { order: { metadata: "rating" }, limit: 5 });
  // @ts-expect-error: no such type of server
  registry.list({ type: "proxy" });
  // @ts-expect-error: a field's name is mistyped
  registry.list({ hasReadymatch: true });
  // @ts-expect-error: labels are texts
  registry.list({ labels: { tier: 1 } });
  // @ts-expect-error: seats are a number
  registry.list({ minFreeSeats: "2" });
  // @ts-expect-error: no such order
  registry.list({}, { order: "newest" });
  // @ts-expect-error: no such direction
  registry.list({}, { order: { metadata: "rating", direction: "up" } });
  // @ts-expect-error: lists have no cursor, pages have
  registry.list({}, { cursor: "" });
  // @ts-expect-error: a claim is narrowed by conditions, not by filters
  registry.findReadyMatch("skywars", { where: { type: "game" } });

  const claim = registry.claimSeats({ mode: "skywars", party: ["ann"] });
  // @ts-expect-error: only a claim that succeeded has a lease
  claim.lease;
  if (claim.state === "claimed") {
    expectTypeOf(claim.lease).toEqualTypeOf<Lease>();
    expectTypeOf(claim.match).toEqualTypeOf<MatchInfo>();
    // @ts-expect-error: what is handed out is frozen
    claim.lease.seats = 5;
    // @ts-expect-error: through and through
    claim.server.labels["region"] = "us";
  }
  expectTypeOf(claim.state).toEqualTypeOf<"claimed" | "none-free" | "contended">();
  // @ts-expect-error: a match is of a mode
  registry.claimSeats({ seats: 2 });
  const lobby = registry.claimLobby({ seats: 2 });
  // @ts-expect-error: a lobby has no match
  if (lobby.state === "claimed") lobby.match;

  // @ts-expect-error: an id can't change
  registry.update("a", { id: "b" });
  // @ts-expect-error: a change is given at once, not promised
  registry.update("a", async () => ({ players: 1 }));
  // @ts-expect-error: a match needs its status
  registry.updateMatch("a", "m", { need: 1 });
}

test("the types of filters, orders and claims refuse what the registry would", () => {
  expect(typed).toBeTypeOf("function");
});
