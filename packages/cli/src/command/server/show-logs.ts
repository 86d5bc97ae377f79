import { moment } from "../option/moment.js";
import { wholeNumber } from "../option/whole-number.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { openProvider } from "./open-provider.js";
import { printLogLine } from "./print-log-line.js";

export const showLogs = defineVerb({
  name: "logs",
  summary: "Print a server's output",
  description:
    "What the server wrote to stderr comes on stderr. Followed, it goes on across restarts until the server is removed.",
  examples: [
    { does: "the last lines, and those to come", line: "server logs -f --tail 20 skywars-1" },
    { does: "the last ten minutes, with times", line: "server logs --since 10m -t skywars-1" },
    {
      does: "what it wrote to stderr",
      line: "server logs skywars-1 --json | jq -r 'select(.stream == \"stderr\").text'",
    },
  ],
  fields: { ...engineFields, tail: "--tail", since: "--since", until: "--until" },
  declare: (command) =>
    engineOptions(
      command
        .argument("<server>", "its name or id")
        .option("-f, --follow", "go on with what it writes from now on")
        .option("--tail <n>", "only the last so many lines", wholeNumber())
        .option("--since <moment>", "only from this moment on: RFC 3339, or 10m for ago", moment)
        .addOption(
          new Option("--until <moment>", "only before this moment")
            .argParser(moment)
            .conflicts("follow"),
        )
        .option("-t, --timestamps", "begin each line with its time"),
    ),
  async run({ output, signal }, [id], { follow, tail, since, until, timestamps, ...engine }) {
    await using provider = await openProvider(engine);
    const lines =
      follow === true
        ? provider.followLogs(id, { tail, since, signal })
        : await provider.logs(id, { tail, since, until, signal });
    for await (const line of lines) await printLogLine(output, line, timestamps === true);
  },
});
