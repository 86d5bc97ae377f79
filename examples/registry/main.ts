// #region example
import { Registry } from "@potassium/registry";

const registry = new Registry();
registry.register({
  id: "skywars-1",
  type: "game",
  mode: "skywars",
  host: "10.99.0.10",
  port: 5520,
  maxPlayers: 8,
});
registry.updateMatch("skywars-1", "match-1", { status: "ready", need: 8 });

registry.list({ type: "game", mode: "skywars", hasReadyMatch: true }); // [{ id: "skywars-1", … }]
registry.findReadyMatch("skywars"); // { server, matchId: "match-1", match }
registry.update("skywars-1", { players: 4 });
registry.update("skywars-1", (server) => ({ players: server.players + 1 }));
// #endregion
console.log(registry.get("skywars-1"));

// #region claim
// Two friends want to play together: both seats in one match, or none.
const claim = registry.claimSeats({
  mode: "skywars",
  party: ["ann", "bob"],
  ttlMs: 20_000,
  idempotencyKey: "ticket-4711", // asked again, it gives the same seats
  order: "fullest", // matches begin sooner that way
});
if (claim.state === "claimed") {
  const { lease, server, matchId } = claim;
  console.log(`${lease.seats} seats in ${matchId}: go to ${server.host}:${server.port}`);
  // Once they have arrived. Otherwise the seats are free again after 20 s, or at once by release().
  registry.confirm(lease.id);
}
registry.updateMatch("skywars-1", "match-1", (match) => ({ ...match, status: "busy", need: 0 }));
// #endregion
console.log(registry.get("skywars-1")?.matches);

// #region life
// A server that says nothing for 10 s takes no more players, and is forgotten a minute later.
registry.register(
  { id: "lobby-1", type: "lobby", host: "10.99.0.2", port: 5521, maxPlayers: 100 },
  { ttlMs: 10_000 },
);
registry.heartbeat("lobby-1");

// No new players, and wait until the last one has left.
const drained = await registry.drain("lobby-1", { deadlineMs: 600_000 });
if (drained.state === "drained") registry.unregister("lobby-1");
// #endregion
console.log(drained.state);
await registry[Symbol.asyncDispose]();
