import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { readInput } from "./read-input.js";

interface JsonSource {
  /** What `-` names. */
  readonly stdin: Readable;
  readonly signal: AbortSignal;
}

/**
 * Reads a JSON document that the command line names, `-` for standard input.
 *
 * @param what for the message: "allocate request".
 * @throws {PotassiumError} `NOT_FOUND`, `IO_ERROR`, `INVALID_ARGUMENT` of the field `file`
 */
export async function readJson(
  path: string,
  what: string,
  { stdin, signal }: JsonSource,
): Promise<unknown> {
  const { abortable, PotassiumError } = await import("@potassium/core-types");
  const content = path === "-" ? await abortable(text(stdin), signal) : await readInput(path, what);
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const place = path === "-" ? "standard input" : path;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PotassiumError("INVALID_ARGUMENT", `${place} holds no JSON: ${reason}`, {
      cause,
      field: "file",
    });
  }
}
