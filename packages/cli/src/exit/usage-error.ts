import { CommanderError } from "commander";
import { ExitCode } from "./exit-code.js";

/** An error of the command line as a whole: options that contradict each other, say. Exit code 2. */
export function usageError(message: string): Error {
  return new CommanderError(ExitCode.usage, "potassium.usage", message);
}
