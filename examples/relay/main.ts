// #region example
import { RelayClient } from "@potassium/relay";
import { startRelay } from "@potassium/relay/server";

// With a Peel that runs elsewhere, leave this out and give its URL to the client.
await using relay = await startRelay({ udp: { host: "127.0.0.1", port: 0 } });
await using client = new RelayClient(relay.url);

await client.setRoute("192.168.1.50", "10.99.0.10:5520"); // to the lobby
await client.setRoute("192.168.1.50", "10.99.0.11:5520"); // on to the game, same session
console.log(await client.listRoutes()); // { "192.168.1.50": "10.99.0.11:5520" }
await client.deleteRoute("192.168.1.50");
// #endregion
