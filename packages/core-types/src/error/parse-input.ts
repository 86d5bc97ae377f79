import * as z from "zod/mini";
import { inputProblem } from "./input-problem.js";
import { PotassiumError } from "./potassium-error.js";
import { unsafePlace } from "./unsafe-place.js";

/**
 * Makes a package's own error for a bad input.
 *
 * @param field the path into the value or, where the whole of it is at fault, what the value is called.
 * @param path the path alone: "" for the whole value.
 */
export type InvalidInputFactory = (message: string, field: string, path: string) => Error;

/**
 * Parses what comes from outside by its schema, once, at the edge.
 *
 * @param what names the value in the message, and as the `field` where all of it is at fault: "allocate
 *   request".
 * @param makeError makes the error to throw.
 * @throws {PotassiumError} `INVALID_ARGUMENT` with the `field` at fault, or what `makeError` makes.
 */
export function parseInput<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
  makeError: InvalidInputFactory = (message, field) =>
    new PotassiumError("INVALID_ARGUMENT", message, { field }),
): z.output<Schema> {
  const unsafe = unsafePlace(value);
  if (unsafe !== undefined) throw invalid(unsafe);
  const result = z.safeParse(schema, value, { error: inputProblem });
  if (result.success) return result.data;
  throw invalid(mostSpecific(result.error.issues));

  function invalid(issue: Issue): Error {
    const path = fieldPath(issue.path);
    const problem = issue.message;
    if (path === "") return makeError(`invalid ${what}: ${problem}`, what, path);
    return makeError(`invalid ${what}: ${path}: ${problem}`, path, path);
  }
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: string | undefined;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
  readonly issues?: readonly Issue[];
}

/** The first issue; of a union, that of the alternative that came furthest into the value, or of all. */
function mostSpecific(issues: readonly Issue[]): Issue {
  const [first] = issues;
  if (first === undefined) return { path: [], message: "invalid" };
  if (first.code === "unrecognized_keys" && first.keys?.[0] !== undefined) {
    return { path: [...first.path, first.keys[0]], message: "is not a known field" };
  }
  if (first.code === "invalid_key" && first.issues?.[0] !== undefined) {
    return { path: first.path, message: first.issues[0].message };
  }
  const alternatives = (first.errors ?? []).filter((list) => list.length > 0).map(mostSpecific);
  const deepest = alternatives.sort((a, b) => b.path.length - a.path.length)[0];
  if (deepest === undefined) return first;
  if (deepest.path.length === 0) {
    const problems = new Set(alternatives.map(({ message }) => message));
    return { path: first.path, message: [...problems].join(", or ") };
  }
  return { path: [...first.path, ...deepest.path], message: deepest.message };
}

function fieldPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(String(key)))
      text += text === "" ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text;
}
