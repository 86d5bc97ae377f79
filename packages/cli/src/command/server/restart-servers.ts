import { printable } from "../../output/printable.js";
import { defineVerb } from "../verb.js";
import { eachServer } from "./each-server.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { openProvider } from "./open-provider.js";
import { portsText } from "./server-text.js";

export const restartServers = defineVerb({
  name: "restart",
  summary: "Stop servers and start them again, with the same ids, ports and files",
  description: "Each is stopped by its stop policy, and waited for until it is ready.",
  examples: [{ does: "one server", line: "server restart skywars-1" }],
  interrupted: "Servers may be running or stopped: potassium server list tells.",
  fields: engineFields,
  declare: (command) => engineOptions(command.argument("<servers...>", "their names or ids")),
  async run({ output, signal }, [ids], engine) {
    const { ServerJson } = await import("@potassium/core-types");
    await using provider = await openProvider(engine);
    await eachServer(ids, output, async (id) => {
      const server = await provider.restart(id, { signal });
      await output.item(
        ServerJson.encode(server),
        () => `${printable(server.name)}: ${server.status.state} ${portsText(server.ports)}`,
      );
    });
  },
});
