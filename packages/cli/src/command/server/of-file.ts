import { requestFields } from "./request-flags.js";

/** The error with its field as one of the file that held the request: `file.ports[0].host`, which is of `--file`. */
export function ofFile(error: unknown): unknown {
  if (!(error instanceof Error) || !("field" in error) || typeof error.field !== "string") {
    return error;
  }
  const [name = ""] = error.field.split(/[.[]/);
  if (name !== "allocate request" && !Object.hasOwn(requestFields, name)) return error;
  return Object.assign(new Error(error.message, { cause: error.cause }), error, {
    field: `file.${error.field}`,
  });
}
