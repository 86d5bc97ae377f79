import type { ToolOptions } from "@potassium/diff";
import type { Declared, OptionValues } from "../typed-command.js";

/** Declares where hdiffz and hpatchz are looked up. */
export function toolPathOptions<Operands extends unknown[], Options extends OptionValues>(
  command: Declared<Operands, Options>,
) {
  return command
    .option("--hdiffz <path>", "the program hdiffz; without it, it is looked up")
    .option("--hpatchz <path>", "the program hpatchz; without it, it is looked up");
}

/** The same, and which of them may run. */
export function toolOptions<Operands extends unknown[], Options extends OptionValues>(
  command: Declared<Operands, Options>,
) {
  return toolPathOptions(command).option(
    "--pins <file>",
    "a potassium.tools.json: no program but those in it runs",
  );
}

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
