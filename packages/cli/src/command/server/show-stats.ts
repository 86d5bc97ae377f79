import type { ServerStats } from "@potassium/core-types";
import type { DockerProvider } from "@potassium/docker";
import { bytesText } from "../../output/amounts.js";
import { table } from "../../output/table.js";
import { duration } from "../option/duration.js";
import { textPair } from "../option/text-pair.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { openProvider } from "./open-provider.js";

export const showStats = defineVerb({
  name: "stats",
  summary: "Show what servers use: processor, memory, network, disk",
  description:
    "Without names it shows all that run. 100 % of processor is one core. With --watch it goes on until it is interrupted.",
  examples: [
    { does: "all that run, again and again", line: "server stats --watch" },
    {
      does: "a line of JSON a minute, for a file",
      line: "server stats skywars-1 --watch --interval 1m --json >> stats.jsonl",
    },
  ],
  fields: { ...engineFields, labels: "--label" },
  declare: (command) =>
    engineOptions(
      command
        .argument("[servers...]", "their names or ids")
        .option(
          "--label <key=value>",
          "of all, those with this label; may be given again",
          textPair,
        )
        .option("--watch", "measure again and again")
        .addOption(
          new Option("--interval <time>", "with --watch, how long to wait in between")
            .argParser(duration)
            .default(2_000, "2s"),
        ),
    ),
  async run({ output, signal }, [ids], { label, watch, interval, ...engine }) {
    const { delay } = await import("@potassium/core-types");
    await using provider = await openProvider(engine);
    const measure = () => measured(provider, ids, label, signal);
    if (watch !== true) {
      const all = await measure();
      await output.result(
        all.map(({ stats }) => stats),
        () => statsTable(all, output.style.bold),
      );
      return;
    }
    for (;;) {
      const all = await measure();
      if (output.json) for (const { stats } of all) await output.item(stats, () => "");
      // On a terminal each table takes the place of the one before.
      else {
        const place = output.isTerminal ? "\u001b[H\u001b[2J" : "";
        await output.raw(`${place}${statsTable(all, output.style.bold)}\n`);
      }
      await delay(interval, { signal });
    }
  },
});

interface Measured {
  readonly name: string;
  readonly stats: ServerStats;
}

/** In the order of the names that were given, or of the servers' age. */
async function measured(
  provider: DockerProvider,
  ids: readonly string[],
  labels: Readonly<Record<string, string>> | undefined,
  signal: AbortSignal,
): Promise<readonly Measured[]> {
  if (ids.length > 0) {
    return Promise.all(
      ids.map(async (id) => ({ name: id, stats: await provider.stats(id, { signal }) })),
    );
  }
  const servers = await provider.list({ state: "running", labels }, { signal });
  const names = new Map(servers.map(({ id, name }) => [id, name]));
  const all = await provider.statsAll({ labels }, { signal });
  return all.map((stats) => ({ name: names.get(stats.id) ?? stats.id, stats }));
}

function statsTable(all: readonly Measured[], emphasise: (text: string) => string): string {
  const bytes = (amount: number | undefined) => (amount === undefined ? "" : bytesText(amount));
  const rows = all.map(({ name, stats }) => [
    name,
    stats.cpuPercent.toFixed(1),
    bytes(stats.memoryBytes),
    bytes(stats.memoryLimitBytes),
    bytes(stats.networkReceivedBytes),
    bytes(stats.networkSentBytes),
    bytes(stats.diskReadBytes),
    bytes(stats.diskWrittenBytes),
    stats.pids === undefined ? "" : String(stats.pids),
  ]);
  const columns = [
    "NAME",
    ">CPU %",
    ">MEMORY",
    ">LIMIT",
    ">RECEIVED",
    ">SENT",
    ">READ",
    ">WRITTEN",
    ">TASKS",
  ];
  return table(columns, rows, emphasise);
}
