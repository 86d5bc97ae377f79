import { Command } from "commander";
import { version } from "../version.js";
import { addCommonOptions } from "./common-options.js";
import { groups } from "./groups.js";
import type { Group, Verb } from "./verb.js";

interface ProgramOptions {
  /** Carries out what was asked for. */
  readonly invoke: (verb: Verb, command: Command) => Promise<void>;
  /** Takes the help and the version. */
  readonly write: (text: string) => void;
  /** Takes the help where a verb was forgotten. */
  readonly writeError: (text: string) => void;
  readonly columns?: number | undefined;
}

/** The tree of commands, for commander to parse a command line by. It throws instead of ending the process. */
export function makeProgram({ invoke, write, writeError, columns }: ProgramOptions): Command {
  const program = new Command("potassium")
    .description("Ship game updates, make patches, run game servers and route players to them.")
    .exitOverride()
    .configureOutput({
      writeOut: write,
      writeErr: writeError,
      outputError: () => {},
      getOutHelpWidth: () => columns || 80,
      getErrHelpWidth: () => columns || 80,
    })
    .configureHelp({ subcommandTerm: termOf })
    .helpCommand(false)
    .enablePositionalOptions()
    .version(version(), "-V, --version", "print the version");
  addCommonOptions(program).addHelpText("after", rootText);
  for (const entry of groups) {
    if ("run" in entry) addVerb(program, entry, invoke);
    else addGroup(program, entry, invoke);
  }
  return program;
}

const rootText = `
Every verb's --help has examples: potassium update apply --help

Exit codes: 0 done, 1 unexpected, 2 wrong command line, 3 refused, 4 damaged,
5 busy or unavailable, 6 not there, 7 lacking on this machine, 8 a server failed,
9 file system, 130 Ctrl-C, 141 reader gone, 143 SIGTERM.`;

function addGroup(program: Command, entry: Group, invoke: ProgramOptions["invoke"]): void {
  const group = program
    .command(entry.name)
    .summary(entry.summary)
    .description(`${entry.summary}.`)
    .helpCommand(false)
    .enablePositionalOptions();
  for (const verb of entry.verbs) addVerb(group, verb, invoke);
}

function addVerb(parent: Command, verb: Verb, invoke: ProgramOptions["invoke"]): void {
  const command = parent
    .command(verb.name, { hidden: verb.hidden === true })
    .summary(verb.summary)
    .description([`${verb.summary}.`, verb.description ?? ""].join("\n\n").trimEnd())
    .allowExcessArguments(false);
  verb.declare(command);
  addCommonOptions(command).addHelpText("after", examplesText(verb));
  command.action(() => invoke(verb, command));
  if (verb.verbs === undefined) return;
  command.helpCommand(false).enablePositionalOptions();
  for (const below of verb.verbs) addVerb(command, below, invoke);
}

function examplesText({ examples }: Verb): string {
  if (examples.length === 0) return "";
  const lines = examples.map(({ does, line }) => `  # ${does}\n  potassium ${line}`);
  return `\nExamples:\n${lines.join("\n\n")}\n`;
}

/** "create <old> <new> <patch>": what stands in the list of verbs. */
function termOf(command: Command): string {
  const operands = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...operands].join(" ");
}

/** "update apply": the verb as it is typed. */
export function verbPath(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) names.unshift(at.name());
  return names.join(" ");
}
