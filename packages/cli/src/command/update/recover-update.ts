import type { Recovery } from "@potassium/manifest";
import { oneLine } from "../../output/printable.js";
import { duration } from "../option/duration.js";
import { defineVerb } from "../verb.js";
import { expectFolder } from "./expect-folder.js";

export const recoverUpdateVerb = defineVerb({
  name: "recover",
  summary: "Finish an update that was cut off, or take it back",
  description:
    "To be called before the game starts; apply calls it by itself. Where nothing was cut off it changes nothing.",
  examples: [{ does: "before each start of the game", line: "update recover game" }],
  interrupted: "Run it again.",
  fields: { busyTimeoutMs: "--busy-timeout" },
  declare: (command) =>
    command
      .argument("<root>", "the folder of the installation")
      .option(
        "--busy-timeout <time>",
        "how long to wait for a file that is held open (10s)",
        duration,
      ),
  async run({ output, signal }, [root], { busyTimeout }) {
    const { recoverUpdate } = await import("@potassium/manifest");
    await expectFolder(root);
    const recovery = await recoverUpdate(root, { busyTimeoutMs: busyTimeout, signal });
    await output.result(recovery, () => oneLine(recoveryText(recovery)));
  },
});

function recoveryText(recovery: Recovery): string {
  switch (recovery.state) {
    case "nothing":
      return "no update was cut off";
    case "discarded":
      return "what an update had left behind was removed; the installation is as it was";
    case "completed":
      return `the update was finished: ${recovery.version} is installed`;
    case "undone":
      return `the update was taken back: ${recovery.version} is installed`;
    default:
      recovery satisfies never;
      return "";
  }
}
