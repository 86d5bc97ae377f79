import { table } from "../../output/table.js";
import { defineVerb } from "../verb.js";
import { openRelay } from "./open-relay.js";
import { relayFields, relayOptions } from "./relay-options.js";

export const listRoutes = defineVerb({
  name: "list",
  summary: "List the routes of a relay: players' addresses, and the servers that they lead to",
  examples: [
    { does: "all routes", line: "route list --relay http://127.0.0.1:8080" },
    {
      does: "how many players are on each server",
      line: "route list --json | jq -r '.[].backend' | sort | uniq -c",
    },
    {
      does: "the routes of one relay on another",
      line: "route list --json --relay http://a:8080 | potassium route sync --relay http://b:8080",
    },
  ],
  fields: relayFields,
  declare: (command) => relayOptions(command),
  async run(context, _, options) {
    const { output, signal } = context;
    const { RouteJson } = await import("@potassium/core-types");
    await using relay = await openRelay(context, options);
    const routes = Object.entries(await relay.listRoutes({ signal }));
    await output.result(
      routes.map(([playerIp, backend]) => RouteJson.encode({ playerIp, backend })),
      () => table(["PLAYER", "BACKEND"], routes, output.style.bold),
    );
  },
});
