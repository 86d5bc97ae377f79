import { showProgress } from "../../progress/show-progress.js";
import { defineVerb } from "../verb.js";
import { applyAdvice, applyFields, applyOptions, applyOptionsOf } from "./apply-options.js";
import { leftOver } from "./left-over.js";
import { openUpdates } from "./open-updates.js";
import { resultText } from "./result-text.js";

export const applyUpdateVerb = defineVerb({
  name: "apply",
  summary: "Bring an installation to a new version, as a whole or not at all",
  description:
    "An update that was cut off before is finished or taken back first. Files that somebody has changed stop it before its first write. Give all updates that you have: those before the installed version are passed over. An older version is refused where the updates were built with --sequence, and installed without a question where they were not.",
  examples: [
    {
      does: "from a web server, signed by your key",
      line: "update apply game https://cdn.example/skywars/update-1.1.0/ --key release-key.pub",
    },
    {
      does: "a first installation, with a folder for each version",
      line: "update apply games full-1.1.0 --key release-key.pub --mode versioned",
    },
    {
      does: "several at once, files whole where that is less to download",
      line: "update apply game update-1.1.0 update-1.2.0 --full full-1.2.0 --key release-key.pub",
    },
  ],
  interrupted: "The installation is as it was; what was downloaded is kept for the next try.",
  fields: applyFields,
  advice: applyAdvice,
  declare: (command) =>
    applyOptions(
      command
        .argument("<root>", "the folder of the installation")
        .argument("<updates...>", "folders or addresses of updates, or of a full one"),
    ),
  async run(context, [root, places], options) {
    const { applyUpdate } = await import("@potassium/manifest");
    const updates = await openUpdates(context, places, options);
    const result = await applyUpdate(root, updates, {
      ...(await applyOptionsOf(context, options)),
      onProgress: showProgress(context.progress),
    });
    await context.output.result(result, () => resultText(result));
    for (const path of result.kept)
      context.output.note(`${path} was changed by somebody, and stays`);
    const left = leftOver(result, updates);
    if (left !== undefined) context.output.note(left);
  },
});
