import type { Command, Option } from "commander";

/** A word that may stand where the cursor is. */
export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/**
 * What may stand in the place of the last of the words, of which the others are typed already. None: a path, or nothing
 * that is known.
 *
 * @param words what stands behind the command's name; the last may be empty or begun.
 */
export function candidates(program: Command, words: readonly string[]): readonly Candidate[] {
  const current = words.at(-1) ?? "";
  const { command, pending, operands, isLiteral } = readWords(program, words.slice(0, -1));
  if (pending !== undefined) return startingWith(current, choicesOf(pending.argChoices));
  if (current.startsWith("-") && !isLiteral) return startingWith(current, optionsOf(command));
  const argument = command.registeredArguments[operands] ?? lastIfVariadic(command);
  const below = operands === 0 && !isLiteral ? commandsOf(command) : [];
  return startingWith(current, [...below, ...choicesOf(argument?.argChoices)]);
}

interface Place {
  readonly command: Command;
  /** The option whose value comes next. */
  readonly pending: Option | undefined;
  /** How many of the command's own words were typed. */
  readonly operands: number;
  /** Behind `--`. */
  readonly isLiteral: boolean;
}

function readWords(program: Command, words: readonly string[]): Place {
  let command = program;
  let pending: Option | undefined;
  let operands = 0;
  for (const [index, word] of words.entries()) {
    if (word === "--") {
      return { command, pending: undefined, operands: words.length - index - 1, isLiteral: true };
    }
    if (word.startsWith("-")) {
      const option = command.options.find(({ long, short }) => long === word || short === word);
      pending = option?.required === true ? option : undefined;
    } else if (pending !== undefined) {
      if (!pending.variadic) pending = undefined;
    } else {
      const next = operands > 0 ? undefined : command.commands.find((one) => one.name() === word);
      if (next === undefined) operands += 1;
      else command = next;
    }
  }
  return { command, pending, operands, isLiteral: false };
}

const startingWith = (begun: string, all: readonly Candidate[]): readonly Candidate[] =>
  all.filter(({ word }) => word.startsWith(begun));

const choicesOf = (choices: readonly string[] = []): readonly Candidate[] =>
  choices.map((word) => ({ word, description: "" }));

function commandsOf(command: Command): readonly Candidate[] {
  const visible = command.createHelp().visibleCommands(command);
  return visible.map((one) => ({ word: one.name(), description: one.summary() }));
}

function optionsOf(command: Command): readonly Candidate[] {
  const visible = command.createHelp().visibleOptions(command);
  return visible.flatMap(({ long, description }) =>
    long === undefined || long === null ? [] : [{ word: long, description }],
  );
}

function lastIfVariadic(command: Command) {
  const last = command.registeredArguments.at(-1);
  return last?.variadic === true ? last : undefined;
}
