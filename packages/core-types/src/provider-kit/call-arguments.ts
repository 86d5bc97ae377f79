import * as z from "zod/mini";
import { parseInput } from "../error/parse-input.js";
import { parseOptions } from "../error/parse-options.js";
import { Timestamp } from "../json/timestamp.js";
import { Environment } from "../provider/environment.js";
import type { FileContent } from "../provider/provider.js";
import { ProviderError } from "../provider/provider-error.js";

const invalid = (message: string, field: string) =>
  new ProviderError("INVALID_ARGUMENT", message, { field });

/** Longer times would make a timer fire at once. */
const milliseconds = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));
const count = z.int().check(z.minimum(0));
const amount = z.union([count, z.literal(Number.POSITIVE_INFINITY)]);
const text = z.string().check(z.minLength(1, "must not be empty"));
const bytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array,
  "must be bytes or a text",
);

const window = { tail: z.optional(count), since: z.optional(Timestamp) };

/** The options of each call of a `Provider` that has others than its `signal`. */
const shapes = {
  exec: {
    environment: z.optional(Environment),
    workingDirectory: z.optional(text),
    user: z.optional(text),
    stdin: z.optional(z.union([z.string(), bytes])),
    timeoutMs: z.optional(milliseconds),
    maxOutputBytes: z.optional(count),
  },
  logs: { ...window, until: z.optional(Timestamp) },
  followLogs: window,
  copyTo: { mode: z.optional(z.int().check(z.minimum(0), z.maximum(0o7777))) },
  copyFrom: { maxBytes: z.optional(amount) },
  copyFolderTo: { maxBytes: z.optional(amount) },
  copyFolderFrom: { maxBytes: z.optional(amount), maxEntries: z.optional(amount) },
  other: {},
} as const;

/** A call of a `Provider` by its options: `other` for those that have a `signal` alone. */
export type OptionsOf = keyof typeof shapes;

const known = new Map<
  OptionsOf,
  { readonly names: readonly string[]; readonly schema: z.ZodMiniType }
>();

/**
 * Checks the options of a call, before anything is done: a misspelt one would be passed over without a word.
 *
 * @throws {ProviderError} `INVALID_ARGUMENT` with the `field` at fault.
 */
export function checkCallOptions(call: OptionsOf, options: unknown): void {
  let found = known.get(call);
  if (found === undefined) {
    const shape = shapes[call];
    found = { names: [...Object.keys(shape), "signal"], schema: z.object(shape) };
    known.set(call, found);
  }
  const what = call === "other" ? "options" : `${call} options`;
  parseOptions(options, found.names, invalid, what);
  if (call !== "other" && options !== undefined) parseInput(found.schema, options, what, invalid);
}

/** The stream of a call whose options are right, or one that rejects at its first `next()`. */
export function checkedStream<T>(
  call: OptionsOf,
  options: unknown,
  open: () => AsyncIterable<T>,
): AsyncIterable<T> {
  try {
    checkCallOptions(call, options);
  } catch (error) {
    return refused(error);
  }
  return open();
}

// biome-ignore lint/correctness/useYield: it never gets as far as a value
async function* refused(error: unknown): AsyncGenerator<never> {
  throw error;
}

/**
 * Refuses what is no server's id or name: a whole server, or what is missing, would read as one that is gone.
 *
 * @throws {ProviderError} `INVALID_ARGUMENT`
 */
export function checkServerId(id: unknown): asserts id is string {
  if (typeof id === "string" && id !== "") return;
  const given = typeof id === "string" ? "empty" : id === null ? "null" : `of type ${typeof id}`;
  throw invalid(`invalid id: must be a server's id or name, as a text; it is ${given}`, "id");
}

/** @throws {ProviderError} `INVALID_ARGUMENT` */
export function checkFileContent(content: unknown): asserts content is FileContent {
  if (typeof content === "string" || content instanceof Uint8Array) return;
  const isStream =
    typeof content === "object" &&
    content !== null &&
    (Symbol.asyncIterator in content || Symbol.iterator in content);
  if (isStream) return;
  throw invalid(
    "invalid content: must be a text, a Uint8Array or a stream of Uint8Arrays",
    "content",
  );
}
