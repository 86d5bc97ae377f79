import { InvalidArgumentError } from "commander";
import { usageError } from "../../exit/usage-error.js";

/** A variable whose value is this command's own. */
export const inherited = Symbol("inherited");

/** `KEY=VALUE`, or `KEY` alone for a value that must not be seen on the command line. */
export type GivenEnvironment = Readonly<Record<string, string | typeof inherited>>;

/** Parses a variable, for an option that may be given several times. */
export function environmentFlag(text: string, previous: GivenEnvironment = {}): GivenEnvironment {
  const [name = ""] = text.split("=", 1);
  if (name === "") throw new InvalidArgumentError("It must be like KEY=VALUE, or KEY alone.");
  // Not commander's own error, which repeats what was given.
  if (Object.hasOwn(previous, name)) throw usageError(`option '--env': ${name} is given twice`);
  const value = text.includes("=") ? text.slice(name.length + 1) : inherited;
  return Object.fromEntries([...Object.entries(previous), [name, value]]);
}

/** The variables with their values. */
export function environmentOf(
  given: GivenEnvironment | undefined,
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> | undefined {
  if (given === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const text = value === inherited ? own[name] : value;
      if (typeof text === "string") return [name, text];
      throw usageError(
        `option '--env ${name}': this command has no variable ${name} to take the value from`,
      );
    }),
  );
}
