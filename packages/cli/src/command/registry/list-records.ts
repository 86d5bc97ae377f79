import { table } from "../../output/table.js";
import { textPair } from "../option/text-pair.js";
import { wholeNumber } from "../option/whole-number.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { openRegistry } from "./open-registry.js";
import { redisFields, redisOptions } from "./redis-options.js";

export const listRecords = defineVerb({
  name: "list",
  summary: "List the lobbies and game servers that a registry on Redis knows",
  examples: [
    { does: "all but the expired", line: "registry list --redis redis://127.0.0.1:6379" },
    {
      does: "servers where a party of two can play now",
      line: "registry list --type game --mode skywars --match-seats 2",
    },
    {
      does: "players in all",
      line: "registry list --json | jq 'map(.players) | add'",
    },
  ],
  fields: {
    ...redisFields,
    mode: "--mode",
    host: "--on",
    labels: "--label",
    metadata: "--metadata",
    minFreeSeats: "--free-seats",
    minMatchSeats: "--match-seats",
    limit: "--limit",
  },
  declare: (command) =>
    redisOptions(
      command
        .addOption(new Option("--type <type>", "only these").choices(["lobby", "game"] as const))
        .option("--mode <mode>", "only those that play this")
        .option("--on <host>", "only those at this address")
        .option("--label <key=value>", "only those with this label; may be given again", textPair)
        .option(
          "--metadata <key=value>",
          "only those with this metadata; may be given again",
          textPair,
        )
        .addOption(
          new Option("--health <health>", "only these").choices(["healthy", "unhealthy"] as const),
        )
        .addOption(
          new Option("--availability <state>", "only these (default: all but the expired)").choices(
            ["available", "draining", "expired"] as const,
          ),
        )
        .option("--free-seats <n>", "only those with room for so many players", wholeNumber(1))
        .option("--match-seats <n>", "only those with a ready match for so many", wholeNumber(1))
        .addOption(
          new Option("--order <order>", "which come first")
            .choices(["oldest", "fullest", "emptiest"] as const)
            .default("oldest" as const),
        )
        .option("--limit <n>", "at most so many (default: all)", wholeNumber(1)),
    ),
  async run(context, _, given) {
    const { type, mode, on, label, metadata, health, availability, order, limit } = given;
    const { output, signal } = context;
    const { recordJson } = await import("./record-json.js");
    const { recordCells, recordColumns } = await import("./record-text.js");
    await using registry = await openRegistry(context, given);
    const filter = {
      type,
      mode,
      host: on,
      labels: label,
      metadata,
      health,
      availability,
      minFreeSeats: given.freeSeats,
      minMatchSeats: given.matchSeats,
    };
    const records = await registry.list(filter, { order, limit, signal });
    await output.result(records.map(recordJson), () =>
      table(recordColumns, records.map(recordCells), output.style.bold),
    );
  },
});
