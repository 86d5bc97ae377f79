import { randomBytes } from "node:crypto";
import {
  CommandLine,
  Environment,
  type ExecOptions,
  type ExecResult,
  ProviderError,
  parseInput,
} from "@potassium/core-types";
import { findServerFolder } from "../files/server-file.js";
import { serverMark } from "../images/inherited-variables.js";
import { runProgram } from "../system/run-program.js";
import type { ServerFolder } from "./server-folder.js";
import type { ServerRecord } from "./server-record.js";

/**
 * Checks what is to be run.
 *
 * @throws {ProviderError} `INVALID_ARGUMENT` with the `field` at fault; `NOT_SUPPORTED` for `user`.
 */
export function checkExec(command: readonly string[], options: ExecOptions): void {
  const refuse = (field: string) => (message: string, _: string, inner: string) =>
    new ProviderError("INVALID_ARGUMENT", message, {
      field: inner.startsWith("[") ? `${field}${inner}` : [field, inner].filter(Boolean).join("."),
    });
  parseInput(CommandLine, command, "command", refuse("command"));
  if (command[0] === "") throw refuse("command")("invalid command: must name a program", "", "[0]");
  if (options.environment !== undefined) {
    parseInput(Environment, options.environment, "environment", refuse("environment"));
  }
  if (options.user !== undefined) {
    const message = "user can't be had here: a process runs as the user of its provider";
    throw new ProviderError("NOT_SUPPORTED", message, { field: "user" });
  }
  for (const field of ["timeoutMs", "maxOutputBytes"] as const) {
    const value = options[field];
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
      throw refuse(field)(`invalid exec options: ${field}: must be a whole number from 0`, "", "");
    }
  }
}

/** Runs a program as one of the server's processes. */
export async function execInServer(
  record: ServerRecord,
  folder: ServerFolder,
  command: readonly string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const { workingDirectory } = options;
  const mark = serverMark(record.id);
  const environment = { ...record.task.environment, ...options.environment, [mark]: "1" };
  const place = {
    environment,
    workingDirectory:
      workingDirectory === undefined
        ? record.task.workingDirectory
        : await findServerFolder(folder.files, workingDirectory),
  };
  return runProgram(command, {
    ...options,
    place,
    mark: `${mark}_EXEC_${randomBytes(6).toString("hex")}`,
  });
}
