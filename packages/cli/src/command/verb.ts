import type { ErrorCode } from "@potassium/core-types";
import type { Command } from "commander";
import type { Context } from "./context.js";
import type { Declared, OptionValues, Undeclared } from "./typed-command.js";

/** A line of the help's examples. */
export interface Example {
  readonly does: string;
  /** Without "potassium". */
  readonly line: string;
}

interface VerbText {
  readonly name: string;
  /** One line, for the list of verbs. */
  readonly summary: string;
  /** What the summary doesn't say, for the verb's own help. */
  readonly description?: string;
  readonly examples: readonly Example[];
  /** Options by the library's fields that they fill, so that errors name the option: `{ ports: "--port" }`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a Ctrl-C leaves, and what to do then. */
  readonly interrupted?: string;
  /** What to do about errors of a code, where this verb knows better than the code alone. */
  readonly advice?: Partial<Readonly<Record<ErrorCode, string>>>;
  /** Verbs under this one: `diff tools pin`. */
  readonly verbs?: readonly Verb[];
  /** Not in the help. */
  readonly hidden?: boolean;
}

export interface VerbSpec<Operands extends unknown[], Options extends OptionValues>
  extends VerbText {
  readonly declare: (command: Undeclared) => Declared<Operands, Options>;
  /** Import packages in here, so that no other verb loads them. Gives the exit code where it isn't 0. */
  readonly run: (
    context: Context,
    operands: Operands,
    options: Options,
    // biome-ignore lint/suspicious/noConfusingVoidType: most give nothing.
  ) => Promise<number | void>;
}

/** One thing that the command can do. */
export interface Verb extends VerbText {
  /** Puts the operands and options onto a command. */
  readonly declare: (command: Command) => void;
  /** @param command after it was parsed */
  // biome-ignore lint/suspicious/noConfusingVoidType: most give nothing.
  readonly run: (context: Context, command: Command) => Promise<number | void>;
}

/** Several verbs under one name. */
export interface Group {
  readonly name: string;
  readonly summary: string;
  readonly verbs: readonly Verb[];
}

/** Makes a verb, whose `run` gets what its `declare` declares. */
export function defineVerb<Operands extends unknown[], Options extends OptionValues>({
  declare,
  run,
  ...text
}: VerbSpec<Operands, Options>): Verb {
  return {
    ...text,
    declare: (command) => void declare(command as unknown as Undeclared),
    run: (context, command) =>
      run(context, command.processedArgs as Operands, command.opts<Options>()),
  };
}
