import { table } from "../../output/table.js";
import { textPair } from "../option/text-pair.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { openProvider } from "./open-provider.js";
import { portsText, statusText } from "./server-text.js";

const states = [
  "created",
  "starting",
  "running",
  "paused",
  "stopping",
  "stopped",
  "error",
] as const;

export const listServers = defineVerb({
  name: "list",
  summary: "List the servers, oldest first, stopped ones too",
  examples: [
    { does: "all of this machine's engine", line: "server list" },
    { does: "those of one region that run", line: "server list --state running --label region=eu" },
    {
      does: "remove all that have stopped",
      line: "server list --state stopped --names | xargs -r potassium server rm",
    },
  ],
  fields: { ...engineFields, state: "--state", name: "--name", labels: "--label" },
  declare: (command) =>
    engineOptions(
      command
        .addOption(new Option("--state <state...>", "only those in these states").choices(states))
        .option("--name <name>", "only the one with this name")
        .option("--label <key=value>", "only those with this label; may be given again", textPair)
        .option("--names", "print their names alone, one a line"),
    ),
  async run({ output, signal }, _, { state, name, label, names, ...engine }) {
    const { ServerJson } = await import("@potassium/core-types");
    await using provider = await openProvider(engine);
    const servers = await provider.list({ state, name, labels: label }, { signal });
    await output.result(servers.map(ServerJson.encode), () => {
      if (names === true) return servers.map((server) => server.name).join("\n");
      const rows = servers.map((server) => [
        server.name,
        statusText(server),
        server.image,
        server.ip ?? "",
        portsText(server.ports),
        server.createdAt,
      ]);
      const columns = ["NAME", "STATE", "IMAGE", "ADDRESS", "PORTS", "CREATED"];
      return table(columns, rows, output.style.bold);
    });
  },
});
