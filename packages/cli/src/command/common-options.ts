import type { Command } from "commander";

/** What every verb takes. */
export interface CommonOptions {
  readonly json?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** They may stand before the verb as well as behind it. */
export function addCommonOptions(command: Command): Command {
  return command
    .option("--json", "print JSON: one document, or a line for each of many")
    .option("--quiet", "no progress and no remarks")
    .option("--verbose", "tell more; with an error, its causes");
}

/** Whether JSON is wanted, of a command line that may not be one. */
export function wantsJson(argv: readonly string[]): boolean {
  return words(argv).includes("--json");
}

export function wantsVerbose(argv: readonly string[]): boolean {
  return words(argv).includes("--verbose");
}

const words = (argv: readonly string[]): readonly string[] =>
  argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
