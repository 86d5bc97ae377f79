import { expect, test } from "vitest";
import { RouteKeeper } from "../../src/index.js";
import { collectedEvents } from "../fixture/collected-events.js";
import { eventually } from "../fixture/eventually.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { TableRelay } from "../fixture/table-relay.js";

const ip = "10.0.0.1";
const lobby = "10.99.0.10:5520";
const game = "10.99.0.11:5520";

test("two players behind one address who want different backends are a conflict; the latest counts", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const events = collectedEvents(keeper);
  keeper.set(ip, lobby, { owner: "ann" });
  keeper.set(ip, game, { owner: "bob" });
  await keeper.settled();
  expect(relay.table.get(ip)).toBe(game);
  await eventually(() =>
    expect(events).toEqual([
      {
        type: "owners-conflict",
        playerIp: ip,
        claim: { owner: "bob", backend: game },
        others: [{ owner: "ann", backend: lobby }],
      },
    ]),
  );
});

test("the player who leaves gives the route back to the other one", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set(ip, lobby, { owner: "ann" });
  keeper.set(ip, game, { owner: "bob" });
  expect(keeper.delete(ip, { owner: "eve" })).toBe(false);
  expect(keeper.delete(ip, { owner: "bob" })).toBe(true);
  await keeper.settled();
  expect(relay.table.get(ip)).toBe(lobby);
  keeper.delete(ip, { owner: "ann" });
  await keeper.settled();
  expect(relay.table.size).toBe(0);
});

test("players behind one address with one backend are no conflict, nor is one player who moves", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  const events = collectedEvents(keeper);
  keeper.set(ip, lobby, { owner: "ann" });
  keeper.set(ip, lobby, { owner: "bob" });
  keeper.delete(ip, { owner: "bob" });
  keeper.set(ip, game, { owner: "ann" });
  await keeper.settled();
  expect(relay.table.get(ip)).toBe(game);
  expect(events).toEqual([]);
});

test("renewing a claim does not take the route back", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set(ip, lobby, { owner: "ann" });
  keeper.set(ip, game, { owner: "bob" });
  keeper.set(ip, lobby, { owner: "ann", ttlMs: 1_000 });
  await keeper.settled();
  expect(relay.table.get(ip)).toBe(game);
});

test("delete without an owner gives up all claims", async () => {
  const relay = new TableRelay();
  await using keeper = new RouteKeeper(relay, { clock: new FakeClock() });
  keeper.set(ip, lobby, { owner: "ann" });
  keeper.set(ip, game);
  keeper.delete(ip);
  await keeper.settled();
  expect(keeper.get(ip)).toBeUndefined();
  expect(relay.table.size).toBe(0);
});

test("claims stand in the order of their wishes, and the last of them counts", async () => {
  await using keeper = new RouteKeeper(new TableRelay(), { clock: new FakeClock() });
  keeper.set(ip, lobby, { owner: "ann" });
  keeper.set(ip, game, { owner: "bob" });
  // Set again as it was, a claim keeps its rank; with another backend it is the latest.
  keeper.set(ip, lobby, { owner: "ann" });
  expect(keeper.get(ip)?.claims.map(({ owner }) => owner)).toEqual(["ann", "bob"]);
  expect(keeper.set(ip, "10.99.0.12:5520", { owner: "ann" })).toMatchObject({
    backend: "10.99.0.12:5520",
    claims: [{ owner: "bob" }, { owner: "ann" }],
  });
});
