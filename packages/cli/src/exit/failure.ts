import type { ErrorCode } from "@potassium/core-types";
import { CommanderError } from "commander";
import { Interruption } from "../edge/interruption.js";
import { ExitCode } from "./exit-code.js";
import { failureKinds } from "./failure-kinds.js";
import { ownWords, tellsWhatToDo } from "./own-words.js";

/** Why the command failed, as its JSON shows it. */
export interface Failure {
  /** One of core-types' codes, or `USAGE`, `INTERRUPTED` or `UNEXPECTED`. */
  readonly code: ErrorCode | "USAGE" | "INTERRUPTED" | "UNEXPECTED";
  readonly message: string;
  /** What to do; "" where the message says it. */
  readonly advice: string;
  /** What the message leaves out: where a program was looked for. */
  readonly details?: readonly string[];
  readonly exitCode: number;
  /** The option or argument at fault, as it is typed. */
  readonly option?: string;
  /** The library's name of it. */
  readonly field?: string;
  readonly path?: string;
  readonly problems?: readonly { readonly path: string; readonly problem: string }[];
}

/** What the verb knows of its errors. */
export interface FailureContext {
  /** "update apply": for the advice to look at its help. */
  readonly verb?: string | undefined;
  /** Options by the library's fields that they fill: `{ ports: "--port" }`. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** What to do about errors of a code, instead of what else is told. */
  readonly advice?: Partial<Readonly<Record<ErrorCode, string>>> | undefined;
  /** What an interruption leaves, and what to do then. */
  readonly interrupted?: string | undefined;
}

/** Says of any error what it means to who typed the command. */
export function failureOf(error: unknown, context: FailureContext = {}): Failure {
  if (error instanceof CommanderError) return usageFailure(error, context);
  if (error instanceof Interruption) {
    const { message, exitCode } = error;
    return { code: "INTERRUPTED", message, advice: context.interrupted ?? "", exitCode };
  }
  if (!(error instanceof Error) || !isErrorCode(error)) return unexpectedFailure(error);
  const { field, path, problems } = error as Partial<Failure>;
  const option = field === undefined ? undefined : optionFor(field, context.fields);
  const { message, details } = ownWords(error.message);
  const { exitCode, advice } = failureKinds[error.code];
  return {
    code: error.code,
    message: option === undefined ? message : `${option}: ${message}`,
    exitCode,
    advice: context.advice?.[error.code] ?? (tellsWhatToDo(message) ? "" : advice),
    ...(details.length === 0 ? {} : { details }),
    ...(option === undefined ? {} : { option }),
    ...(field === undefined ? {} : { field }),
    ...(path === undefined ? {} : { path }),
    ...(problems === undefined ? {} : { problems }),
  };
}

function usageFailure(error: CommanderError, { verb }: FailureContext): Failure {
  return {
    code: "USAGE",
    message: error.message.replace(/^error: /, ""),
    advice: `See potassium ${verb === undefined ? "" : `${verb} `}--help.`,
    exitCode: ExitCode.usage,
  };
}

function unexpectedFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const advice = "This is unexpected; --verbose shows where it happened.";
  return { code: "UNEXPECTED", message, advice, exitCode: ExitCode.unexpected };
}

function isErrorCode(error: Error): error is Error & { readonly code: ErrorCode } {
  return (
    "code" in error && typeof error.code === "string" && Object.hasOwn(failureKinds, error.code)
  );
}

/** The option of the longest name that `field` is or begins with: "ports[0].host" is of "ports". */
function optionFor(field: string, fields: FailureContext["fields"] = {}): string | undefined {
  const names = Object.keys(fields).filter(
    (name) => field === name || (field.startsWith(name) && /^[.[]/.test(field.slice(name.length))),
  );
  const [longest] = names.sort((a, b) => b.length - a.length);
  return longest === undefined ? undefined : fields[longest];
}
