import { facts } from "../../output/facts.js";
import { defineVerb } from "../verb.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { noServer } from "./no-server.js";
import { openProvider } from "./open-provider.js";
import { portsText, statusText } from "./server-text.js";

export const getServer = defineVerb({
  name: "get",
  summary: "Show a server as it is now",
  examples: [
    { does: "what it is doing, and where it is reached", line: "server get skywars-1" },
    {
      does: "the host's port that leads to it",
      line: "server get skywars-1 --json | jq '.port_bindings[0].host'",
    },
  ],
  fields: engineFields,
  declare: (command) => engineOptions(command.argument("<server>", "its name or id")),
  async run({ output, signal }, [id], engine) {
    const { ServerJson } = await import("@potassium/core-types");
    await using provider = await openProvider(engine);
    const server = await provider.get(id, { signal });
    if (server === undefined) throw await noServer(id, engine);
    await output.result(ServerJson.encode(server), () =>
      facts([
        ["name", server.name],
        ["id", server.id],
        ["image", server.image],
        ["state", statusText(server)],
        ["address", server.ip],
        ["networks", Object.keys(server.networks).join(", ") || undefined],
        ["ports", portsText(server.ports) || undefined],
        ["limits", pairsText(server.limits)],
        ["labels", pairsText(server.labels)],
        ["created", server.createdAt],
        ...server.warnings.map((warning) => ["warning", warning] as const),
      ]),
    );
  },
});

const pairsText = (pairs: object): string | undefined =>
  Object.entries(pairs)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ") || undefined;
