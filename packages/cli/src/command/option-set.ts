import type { Declared, OptionValues, Undeclared } from "./typed-command.js";

/** Declares options that several verbs share. */
export type OptionSet<Values extends OptionValues> = <
  Operands extends unknown[],
  Options extends OptionValues,
>(
  command: Declared<Operands, Options>,
) => Declared<Operands, Options & Values>;

/** What the options of a set give. */
export type ValuesOf<Set> = Set extends OptionSet<infer Values> ? Values : never;

/**
 * Makes a set of options. They are declared on a command without any: on one whose options are not known yet, the types
 * that commander infers grow until the compiler takes minutes.
 */
export function optionSet<Values extends OptionValues>(
  declare: (command: Undeclared) => Declared<[], Values>,
): OptionSet<Values> {
  // commander adds to the command, and gives it back.
  return (command) => declare(command as never) as never;
}
