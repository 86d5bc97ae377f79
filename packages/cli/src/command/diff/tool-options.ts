import type { ToolOptions } from "@potassium/diff";
import { optionSet } from "../option-set.js";

/** Declares where hdiffz and hpatchz are looked up. */
export const toolPathOptions = optionSet((command) =>
  command
    .option("--hdiffz <path>", "the program hdiffz; without it, it is looked up")
    .option("--hpatchz <path>", "the program hpatchz; without it, it is looked up"),
);

/** The same, and which of them may run. */
export const toolOptions = optionSet((command) =>
  toolPathOptions(command).option(
    "--pins <file>",
    "a potassium.tools.json: no program but those in it runs",
  ),
);

interface GivenTools {
  readonly hdiffz?: string | undefined;
  readonly hpatchz?: string | undefined;
  readonly pins?: string | undefined;
}

/** As `@potassium/diff` takes them; `undefined` where nothing was given. */
export function toolsOf({ hdiffz, hpatchz, pins }: GivenTools): ToolOptions | undefined {
  if (hdiffz === undefined && hpatchz === undefined && pins === undefined) return undefined;
  return { hdiffz, hpatchz, pins };
}
