import { oneLine } from "../../output/printable.js";
import { duration } from "../option/duration.js";
import { defineVerb } from "../verb.js";

export const rollbackUpdateVerb = defineVerb({
  name: "rollback",
  summary: "Come back to the version before",
  description:
    "In place once, from the last update's backup; versioned to any version that is kept.",
  examples: [
    { does: "to the version before", line: "update rollback game" },
    { does: "to one that is kept", line: "update rollback games --to-version 1.0.0" },
  ],
  interrupted: "The installation is as it was.",
  fields: { toVersion: "--to-version", busyTimeoutMs: "--busy-timeout" },
  declare: (command) =>
    command
      .argument("<root>", "the folder of the installation")
      .option("--to-version <version>", "which of the kept versions; update status lists them")
      .option(
        "--busy-timeout <time>",
        "how long to wait for a file that is held open (10s)",
        duration,
      ),
  async run({ output, signal }, [root], { toVersion, busyTimeout }) {
    const { rollbackUpdate } = await import("@potassium/manifest");
    const version = await rollbackUpdate(root, { toVersion, busyTimeoutMs: busyTimeout, signal });
    await output.result({ version }, () =>
      oneLine(version === "" ? "nothing is installed any more" : `${version} is installed again`),
    );
  },
});
