import type { Command } from "commander";
import { type CommonOptions, wantsJson, wantsVerbose } from "./command/common-options.js";
import type { Context } from "./command/context.js";
import { makeProgram, verbPath } from "./command/program.js";
import type { Verb } from "./command/verb.js";
import type { Edges } from "./edge/edges.js";
import { Interruption, watchSignals } from "./edge/interruption.js";
import { ExitCode } from "./exit/exit-code.js";
import { type FailureContext, failureOf } from "./exit/failure.js";
import { reportFailure } from "./exit/report-failure.js";
import { usageError } from "./exit/usage-error.js";
import { Output } from "./output/output.js";
import { styleFor } from "./output/style.js";
import { isBrokenPipe, TextStream } from "./output/text-stream.js";
import { makeProgress } from "./progress/make-progress.js";

/**
 * Runs one command line to its end.
 *
 * @returns the exit code, of which the README has the table. It never rejects.
 */
export async function run(edges: Edges): Promise<number> {
  const { controller, stop } = watchSignals(edges);
  const stdout = new TextStream(edges.stdout, (error) => controller.abort(error));
  const stderr = new TextStream(edges.stderr);
  const written: Promise<void>[] = [];
  const program = makeProgram({
    invoke,
    write: (text) => written.push(stdout.write(text)),
    writeError: (text) => {
      if (!wantsJson(edges.argv)) stderr.say(text);
    },
    columns: edges.stdout.columns,
  });
  let code: number = ExitCode.done;
  let known: FailureContext = { verb: typedVerb(program, edges.argv) };
  let shown = { json: wantsJson(edges.argv), verbose: wantsVerbose(edges.argv) };
  try {
    await program.parseAsync([...edges.argv], { from: "user" });
    await Promise.all(written);
  } catch (error) {
    code = await failed(error).catch(exitCodeOfReport);
  } finally {
    stop();
  }
  return code;

  async function invoke(verb: Verb, command: Command): Promise<void> {
    known = { ...verb, verb: verbPath(command) };
    const {
      json = false,
      quiet = false,
      verbose = false,
    } = command.optsWithGlobals<CommonOptions>();
    shown = { json, verbose };
    const { env, now } = edges;
    const progress = makeProgress({ stderr, now, silent: json || quiet });
    const style = styleFor(edges.stdout, env);
    const output = new Output({ stdout, stderr, progress, style, json, quiet });
    const context: Context = {
      signal: controller.signal,
      output,
      progress,
      verbose,
      env,
      get stdin() {
        return edges.stdin;
      },
    };
    try {
      code = (await verb.run(context, command)) ?? ExitCode.done;
    } finally {
      progress.hide();
    }
  }

  async function failed(error: unknown): Promise<number> {
    if (isCommanderEnd(error)) {
      await Promise.all(written);
      if (error.exitCode === 0) return ExitCode.done;
      if (!shown.json) return ExitCode.usage;
      return tell(usageError("a verb is missing"));
    }
    const reason: unknown = controller.signal.reason;
    // Some give the reason, some an AbortError of their own.
    const isAbort = error === reason || (error instanceof Error && error.name === "AbortError");
    if (isBrokenPipe(error) || (isAbort && isBrokenPipe(reason))) return ExitCode.brokenPipe;
    return tell(reason instanceof Interruption && isAbort ? reason : error);
  }

  async function tell(told: unknown): Promise<number> {
    const failure = failureOf(told, known);
    await reportFailure(failure, told, {
      stdout,
      stderr,
      style: styleFor(edges.stderr, edges.env),
      ...shown,
    });
    return failure.exitCode;
  }
}

/** Where not even the failure can be told. */
const exitCodeOfReport = (error: unknown): number =>
  isBrokenPipe(error) ? ExitCode.brokenPipe : ExitCode.unexpected;

/** What commander throws after it has printed the help or the version. */
function isCommanderEnd(error: unknown): error is { readonly exitCode: number } {
  const codes: unknown[] = ["commander.helpDisplayed", "commander.version", "commander.help"];
  return error instanceof Error && "code" in error && codes.includes(error.code);
}

/** "diff create", as far as the words name a command: for errors from before any verb runs. */
function typedVerb(program: Command, argv: readonly string[]): string | undefined {
  const names: string[] = [];
  let at = program;
  for (const word of argv.filter((word) => !word.startsWith("-"))) {
    const next = at.commands.find((command) => command.name() === word);
    if (next === undefined) break;
    names.push(word);
    at = next;
  }
  return names.length === 0 ? undefined : names.join(" ");
}
