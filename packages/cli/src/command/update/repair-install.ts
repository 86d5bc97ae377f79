import { showProgress } from "../../progress/show-progress.js";
import { defineVerb } from "../verb.js";
import { applyFields, changeOptions, changeOptionsOf } from "./apply-options.js";
import { openOne } from "./open-updates.js";
import { resultText } from "./result-text.js";

export const repairInstallVerb = defineVerb({
  name: "repair",
  summary: "Download and replace what differs from a full update",
  description:
    "As one transaction. Players' own files stay. It is also the way out where recover says that a repair is needed.",
  examples: [
    {
      does: "from a web server",
      line: "update repair game https://cdn.example/skywars/full-1.1.0/ --key release-key.pub",
    },
  ],
  interrupted: "The installation is as it was; what was downloaded is kept for the next try.",
  fields: applyFields,
  declare: (command) =>
    changeOptions(
      command
        .argument("<root>", "the folder of the installation")
        .argument("<full>", "the folder or address of the full update of its version"),
    ),
  async run(context, [root, place], options) {
    const { repairInstall } = await import("@potassium/manifest");
    const result = await repairInstall(root, await openOne(context, place, options), {
      ...changeOptionsOf(options),
      signal: context.signal,
      onProgress: showProgress(context.progress),
    });
    await context.output.result(result, () => resultText(result));
  },
});
