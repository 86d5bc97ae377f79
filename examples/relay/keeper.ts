// #region example
import { once } from "node:events";
import { RelayClient, RouteKeeper } from "@potassium/relay";
import { startRelay } from "@potassium/relay/server";

const relay = await startRelay();
await using client = new RelayClient(relay.url);
await using keeper = new RouteKeeper(client, { intervalMs: 200 });
const stop = new AbortController();
const told = (async () => {
  for await (const event of keeper.events()) {
    console.log(event.type);
    if (event.type === "routes-lost") stop.abort();
  }
})();

keeper.set("192.168.1.50", "10.99.0.10:5520", { owner: "ann", ttlMs: 60_000 });
keeper.set("192.168.1.51", "10.99.0.10:5520", { owner: "bob" });
// Cat sits behind the same address as Bob: the latest wish counts, and an event tells.
keeper.set("192.168.1.51", "10.99.0.11:5520", { owner: "cat" });
await keeper.settled();

// The relay restarts and has forgotten everything; the keeper notices and sets it again.
await relay.close();
await using again = await startRelay({ udp: relay.udpAddress, api: relay.apiAddress });
if (!stop.signal.aborted) await once(stop.signal, "abort");
await keeper.settled();
console.log(await client.listRoutes(), again.counters().routes);
await keeper.close();
await told;
// #endregion
