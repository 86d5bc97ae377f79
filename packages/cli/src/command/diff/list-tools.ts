import { table } from "../../output/table.js";
import { defineVerb } from "../verb.js";
import { foundTools, type ToolState } from "./found-tools.js";
import { pinTools } from "./pin-tools.js";
import { toolOptions, toolsOf } from "./tool-options.js";

export const listTools = defineVerb({
  name: "tools",
  summary: "Show which programs of HDiffPatch are found, their versions and pins",
  description:
    "Neither is needed: patches are made and applied without them. They are looked up beside the executable and in the working folder, in bin/linux, bin/darwin or bin/windows, then on the PATH. One in the working folder is not run before it is pinned, or named by --hdiffz or --hpatchz.",
  examples: [
    { does: "what is found", line: "diff tools" },
    { does: "whether it is what is pinned", line: "diff tools --pins potassium.tools.json" },
    { does: "pin what is found, by version and digest", line: "diff tools pin" },
  ],
  fields: { pins: "--pins", hdiffz: "--hdiffz", hpatchz: "--hpatchz" },
  verbs: [pinTools],
  declare: (command) => toolOptions(command),
  async run({ output, signal, verbose }, _, options) {
    const tools = await foundTools({ ...toolsOf(options), signal });
    await output.result({ tools }, () => {
      const withReasons = verbose || toolsOf(options) !== undefined;
      const rows = tools.map((tool) =>
        tool.found
          ? [tool.name, tool.version, pinText(tool), tool.sha256.slice(0, 12), tool.path]
          : [
              tool.name,
              "-",
              "-",
              "-",
              withReasons || tool.code === "NOT_PINNED" ? reasonOf(tool) : "not found",
            ],
      );
      return table(["TOOL", "VERSION", "PINNED", "SHA-256", "WHERE"], rows, output.style.bold);
    });
  },
});

const reasonOf = ({ message, details = [] }: Extract<ToolState, { found: false }>): string =>
  [message, ...details].join(" | ");

const pinText = ({ pinned }: { readonly pinned: boolean }) => (pinned ? "yes" : "no");
