import * as z from "zod/mini";
import { parseInput } from "../error/parse-input.js";
import { withoutUndefined } from "./without-undefined.js";
import { withoutUnknownKeys } from "./without-unknown-keys.js";

/**
 * Reads and writes one kind of value as the JSON that the Go library uses on the wire and on disk.
 * Unknown fields, from newer writers, are ignored when reading.
 */
export interface JsonCodec<T> {
  /**
   * @param value what `JSON.parse` gave.
   * @throws {PotassiumError} `INVALID_ARGUMENT` with the `field` at fault.
   */
  decode(value: unknown): T;
  /** The plain object to give to `JSON.stringify`. */
  encode(value: T): Record<string, unknown>;
}

/**
 * Builds a codec from the JSON's schema, the value's schema, and the two translations. The JSON's schema is
 * built at the first `decode`: building all of them would take half the time of the package's import.
 */
export function jsonCodec<Wire extends z.core.$ZodType, Value extends z.core.$ZodType>(definition: {
  readonly what: string;
  readonly wire: () => Wire;
  readonly value: Value;
  readonly fromWire: (wire: z.output<Wire>) => unknown;
  readonly toWire: (value: z.output<Value>) => Record<string, unknown>;
}): JsonCodec<z.output<Value>> {
  const { what, value, fromWire, toWire } = definition;
  let wire: Wire | undefined;
  return {
    decode(json) {
      wire ??= definition.wire();
      const translated = withoutUndefined(fromWire(parseInput(wire, json, what)));
      // Once is enough where nothing is wrong: a manifest may have a million entries.
      const result = z.safeParse(value, translated);
      if (result.success) return result.data;
      return parseInput(value, withoutUnknownKeys(value, translated), what);
    },
    encode: (input) => dropUndefined(toWire(input)),
  };
}

function dropUndefined(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
