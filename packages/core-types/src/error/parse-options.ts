import { nearestName } from "./nearest-name.js";
import type { InvalidInputFactory } from "./parse-input.js";
import { PotassiumError } from "./potassium-error.js";
import { shownValue } from "./shown-value.js";

/**
 * Refuses options that are no object, that have a name which the call does not know, or whose `signal` is no
 * AbortSignal: a misspelt option would otherwise be passed over without a word. The values of the other options
 * are left to the call. Without options it does nothing.
 *
 * @param known every name that the call takes, `signal` too where it takes one.
 * @param makeError makes the error to throw.
 * @param what names the options in the message, and is the `field` where they are no object.
 * @throws {PotassiumError} `INVALID_ARGUMENT` with the `field` at fault, or what `makeError` makes.
 */
export function parseOptions(
  options: unknown,
  known: readonly string[],
  makeError: InvalidInputFactory = (message, field) =>
    new PotassiumError("INVALID_ARGUMENT", message, { field }),
  what = "options",
): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw makeError(`invalid ${what}: must be an object, not ${shownValue(options)}`, what, "");
  }
  // Not Object.keys, which would make a list at each call. Options that are a class's instance have theirs as fields.
  for (const name in options) {
    if (known.includes(name) || !Object.hasOwn(options, name)) continue;
    throw makeError(`invalid ${what}: ${shown(name)}: ${unknown(name, known)}`, name, name);
  }
  if (!known.includes("signal")) return;
  const { signal } = options as { readonly signal?: unknown };
  if (signal === undefined || isSignal(signal)) return;
  throw makeError(`invalid ${what}: signal: ${noSignal(signal)}`, "signal", "signal");
}

/** By what it can do: a signal may come from another realm. */
function isSignal(value: unknown): value is AbortSignal {
  if (typeof value !== "object" || value === null) return false;
  const { aborted, addEventListener, throwIfAborted } = value as Partial<AbortSignal>;
  return (
    typeof aborted === "boolean" &&
    typeof addEventListener === "function" &&
    typeof throwIfAborted === "function"
  );
}

function noSignal(value: unknown): string {
  if (typeof value === "object" && value !== null && "signal" in value && isSignal(value.signal)) {
    return "must be an AbortSignal, not its controller: give controller.signal";
  }
  const given = typeof value === "object" && value !== null ? "another object" : shownValue(value);
  return `must be an AbortSignal, not ${given}`;
}

function unknown(name: string, known: readonly string[]): string {
  const meant = nearestName(name, known);
  if (meant !== undefined) return `is not a known option: did you mean ${meant}?`;
  return `is not a known option: it must be ${known.length === 1 ? "" : "one of "}${known.join(", ")}`;
}

const shown = (name: string) =>
  /^[\w$-]{1,64}$/.test(name) ? name : JSON.stringify(name.slice(0, 64));
