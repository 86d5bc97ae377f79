import { ManifestError } from "../manifest-error.js";
import { jsonShape } from "./json-shape.js";

export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /** Objects and lists in all. */
  readonly maxContainers: number;
}

/**
 * Parses JSON in UTF-8 that is not trusted.
 *
 * @param what names it in messages: "manifest".
 * @throws `TOO_LARGE`, `INVALID_MANIFEST`
 */
export function parseJson(bytes: Uint8Array, what: string, limits: JsonLimits): unknown {
  if (bytes.length > limits.maxBytes) {
    throw tooLarge(`the ${what} has ${bytes.length} bytes, more than ${limits.maxBytes}`);
  }
  const { depth, containers } = jsonShape(bytes);
  if (depth > limits.maxDepth) {
    throw invalid(`the ${what} is nested more than ${limits.maxDepth} deep`, what);
  }
  if (containers > limits.maxContainers) {
    throw tooLarge(`the ${what} has ${containers} objects, more than ${limits.maxContainers}`);
  }
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw invalid(`the ${what} is no JSON in UTF-8: ${(cause as Error).message}`, what, cause);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

const tooLarge = (message: string) => new ManifestError("TOO_LARGE", message);
const invalid = (message: string, field: string, cause?: unknown) =>
  new ManifestError("INVALID_MANIFEST", message, { field, cause });
