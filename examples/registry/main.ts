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
