import { tellFailure } from "../../output/tell-failure.js";
import { defineVerb } from "../verb.js";
import { openRelay } from "./open-relay.js";
import { relayFields, relayOptions } from "./relay-options.js";

export const deleteRoutes = defineVerb({
  name: "delete",
  summary: "Remove players' routes and close their sessions",
  description:
    "A player without a route is no error: the relay does not say whether there was one.",
  examples: [{ does: "two players", line: "route delete 192.168.1.50 192.168.1.51" }],
  interrupted: "Some of the routes may have been removed.",
  fields: { ...relayFields, playerIps: "<player-ips>" },
  declare: (command) => relayOptions(command.argument("<player-ips...>", "the players' addresses")),
  async run(context, [playerIps], options) {
    const { output, signal } = context;
    await using relay = await openRelay(context, options);
    const results = await relay.deleteRoutes([...new Set(playerIps)], { signal });
    const failed = results.filter((result) => result.state === "failed");
    for (const { playerIp, state } of results) {
      if (state === "done") {
        await output.item({ player_ip: playerIp, deleted: true }, () => `${playerIp}: no route`);
      }
    }
    const [first, ...others] = failed;
    for (const { playerIp, error } of others) {
      await tellFailure(output, error, { player_ip: playerIp });
    }
    if (first !== undefined) throw first.error;
  },
});
