import type {
  Argument as TypedArgument,
  Command as TypedCommand,
  Option as TypedOption,
} from "@commander-js/extra-typings";
import * as commander from "commander";

// commander itself, seen through its own stricter types, which tell what each option's value is.
export const Option = commander.Option as unknown as typeof TypedOption;
export const Argument = commander.Argument as unknown as typeof TypedArgument;

/** A command line with its operands and options, as it was declared. */
export type Declared<
  Operands extends unknown[] = unknown[],
  Options extends OptionValues = OptionValues,
  // biome-ignore lint/complexity/noBannedTypes: commander's own name for none.
> = TypedCommand<Operands, Options, {}>;
/** A command line without any yet. */
// biome-ignore lint/complexity/noBannedTypes: commander's own name for none.
export type Undeclared = Declared<[], {}>;
/** Option values by their names in camel case. */
export type OptionValues = Record<string, unknown>;
