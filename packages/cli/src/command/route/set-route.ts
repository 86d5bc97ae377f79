import { defineVerb } from "../verb.js";
import { openRelay } from "./open-relay.js";
import { relayFields, relayOptions } from "./relay-options.js";

export const setRoute = defineVerb({
  name: "set",
  summary: "Lead a player's packets to a server, those of open sessions too",
  examples: [
    { does: "to the lobby", line: "route set 192.168.1.50 10.99.0.10:5520" },
    { does: "an IPv6 server", line: "route set 192.168.1.50 '[fd00::10]:5520'" },
  ],
  interrupted: "The route may have been set.",
  fields: { ...relayFields, playerIp: "<player-ip>", backend: "<backend>" },
  declare: (command) =>
    relayOptions(
      command
        .argument("<player-ip>", "the player's address, as the relay sees it")
        .argument("<backend>", "host:port of the server"),
    ),
  async run(context, [playerIp, backend], options) {
    const { output, signal } = context;
    const { RouteJson } = await import("@potassium/core-types");
    await using relay = await openRelay(context, options);
    const route = RouteJson.decode({ player_ip: playerIp, backend });
    await relay.setRoute(route.playerIp, route.backend, { signal });
    await output.result(RouteJson.encode(route), () => `${route.playerIp} -> ${route.backend}`);
  },
});
