import { printable } from "../../output/printable.js";
import { defineVerb } from "../verb.js";
import { eachServer } from "./each-server.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { noServer } from "./no-server.js";
import { openProvider } from "./open-provider.js";

export const removeServers = defineVerb({
  name: "rm",
  summary: "Stop servers and remove them, with all that belongs to them",
  description:
    "Each is stopped by its stop policy: the stop command, then the signal, then, after the grace time, the kill.",
  examples: [
    { does: "two servers", line: "server rm skywars-1 skywars-2" },
    { does: "in a script that may run twice", line: "server rm --if-exists skywars-1" },
  ],
  interrupted: "Servers may still be stopping: the same command again finishes the work.",
  fields: engineFields,
  declare: (command) =>
    engineOptions(
      command
        .argument("<servers...>", "their names or ids")
        .option("--if-exists", "a server that is not there is no error"),
    ),
  async run({ output, signal }, [ids], { ifExists, ...engine }) {
    await using provider = await openProvider(engine);
    await eachServer(ids, output, async (given) => {
      const server = await provider.get(given, { signal });
      if (server === undefined) {
        if (ifExists === true) return;
        throw await noServer(given, engine);
      }
      const { id, name } = server;
      await provider.deallocate(id, { signal });
      await output.item({ id, name, removed: true }, () => `${printable(name)}: removed`);
    });
  },
});
