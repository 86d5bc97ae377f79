import { wholeNumber } from "../option/whole-number.js";
import { defineVerb } from "../verb.js";
import { openRegistry } from "./open-registry.js";
import { redisFields, redisOptions } from "./redis-options.js";

export const watchRegistry = defineVerb({
  name: "watch",
  summary: "Tell what changes in a registry on Redis, until it is interrupted",
  description:
    "Kinds are registered, updated, removed and resync. After a resync forget what it does not name. A Redis that goes away later is waited for.",
  examples: [
    { does: "from now on", line: "registry watch --redis redis://127.0.0.1:6379" },
    { does: "all that there is, and then the changes", line: "registry watch --from 0 --json" },
  ],
  fields: { ...redisFields, from: "--from" },
  declare: (command) =>
    redisOptions(
      command.option(
        "--from <version>",
        "begin after this version, of a record or a change; 0 for everything (default: now)",
        wholeNumber(),
      ),
    ),
  async run(context, _, { from, ...given }) {
    const { output, signal } = context;
    const { changeJson } = await import("./record-json.js");
    const { changeText } = await import("./record-text.js");
    await using registry = await openRegistry(context, given);
    const changes = registry.watch({ from, signal });
    output.note(`watching the registry ${given.namespace}; Ctrl-C ends it`);
    for await (const change of changes) {
      await output.item(changeJson(change), () => changeText(change));
    }
  },
});
