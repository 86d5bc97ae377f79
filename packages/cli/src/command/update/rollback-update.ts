import { usageError } from "../../exit/usage-error.js";
import { oneLine } from "../../output/printable.js";
import { duration } from "../option/duration.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";

export const rollbackUpdateVerb = defineVerb({
  name: "rollback",
  summary: "Come back to the version before",
  description:
    "In place once, from the last update's backup; versioned to any version that is kept. After a repair the version before is what the repair has replaced: the damaged files. After a first installation in place it is nothing: then the game goes, and --to-nothing must say so. update status tells which it is. An update that was cut off is dealt with first.",
  examples: [
    { does: "to the version before", line: "update rollback game" },
    { does: "to one that is kept", line: "update rollback games --to-version 1.0.0" },
    { does: "remove a game that was just installed", line: "update rollback game --to-nothing" },
  ],
  interrupted: "The installation is as it was.",
  fields: { toVersion: "--to-version", busyTimeoutMs: "--busy-timeout" },
  declare: (command) =>
    command
      .argument("<root>", "the folder of the installation")
      .addOption(
        new Option(
          "--to-version <version>",
          "which of the kept versions; update status lists them",
        ).conflicts("toNothing"),
      )
      .option("--to-nothing", "take back a first installation, too: its files go")
      .option(
        "--busy-timeout <time>",
        "how long to wait for a file that is held open (10s)",
        duration,
      ),
  async run({ output, signal }, [root], { toVersion, toNothing, busyTimeout }) {
    const { keptVersions, recoverUpdate, rollbackUpdate } = await import("@potassium/manifest");
    const options = { busyTimeoutMs: busyTimeout, signal };
    // What is kept is only known once nothing is cut off any more.
    await recoverUpdate(root, options);
    const [last] = await keptVersions(root);
    const target = toNothing === true ? "" : (toVersion ?? last);
    if (target === "" && toNothing !== true) {
      throw usageError(
        `no version is known from before the last update of ${root}: a rollback takes away all that it added, the whole game after a first installation. Give --to-nothing if you mean it`,
      );
    }
    const version = await rollbackUpdate(root, { ...options, toVersion: target });
    await output.result({ version }, () =>
      oneLine(version === "" ? "nothing is installed any more" : `${version} is installed again`),
    );
  },
});
