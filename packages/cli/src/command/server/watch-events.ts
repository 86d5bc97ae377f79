import type { ServerEvent } from "@potassium/core-types";
import { printable } from "../../output/printable.js";
import { defineVerb } from "../verb.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { openProvider } from "./open-provider.js";

export const watchEvents = defineVerb({
  name: "events",
  summary: "Tell what becomes of the servers, from now on, until it is interrupted",
  description:
    "Types are created, starting, running, stopping, stopped and removed. That a server is ready knows only who started it, and Podman does not tell of stopping.",
  examples: [
    { does: "watch them come and go", line: "server events" },
    {
      does: "those that ended with an error",
      line: "server events --json | jq -c 'select(.type == \"stopped\" and .exitCode != 0)'",
    },
  ],
  fields: engineFields,
  declare: (command) => engineOptions(command),
  async run({ output, signal }, _, engine) {
    await using provider = await openProvider(engine);
    // Events wait in silence for an engine that is away: this fails.
    await provider.engine({ signal });
    const events = provider.events({ signal });
    output.note(`watching the servers of the namespace ${engine.namespace}; Ctrl-C ends it`);
    for await (const event of events) await output.item(event, () => eventText(event));
  },
});

function eventText(event: ServerEvent): string {
  const outcome =
    event.type === "stopped"
      ? ` with ${event.exitCode}${event.outOfMemory ? ", out of memory" : ""}`
      : "";
  return `${event.time}  ${printable(event.name)}  ${event.type}${outcome}`;
}
