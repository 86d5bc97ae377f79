import * as z from "zod/mini";
import { withoutUndefined } from "./without-undefined.js";

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly Issue[])[];
}

interface UnknownKeys {
  readonly path: readonly PropertyKey[];
  readonly keys: readonly string[];
}

/**
 * The value without the keys that the schema's strict objects don't know, at any depth. What callers
 * pass is checked strictly, so that a mistyped option is found; what a newer writer has put into JSON
 * must not be refused.
 */
export function withoutUnknownKeys(schema: z.core.$ZodType, value: unknown): unknown {
  const copy = withoutUndefined(value);
  // Each round takes away what was found; objects nest only so deep.
  for (let round = 0; round < 16; round += 1) {
    const unknown = [...unknownKeys(z.safeParse(schema, copy).error?.issues ?? [], [])];
    if (unknown.length === 0) break;
    for (const { path, keys } of unknown) {
      const owner = path.reduce<unknown>(
        (node, key) => (node as Record<PropertyKey, unknown>)[key],
        copy,
      );
      for (const key of keys) delete (owner as Record<string, unknown>)[key];
    }
  }
  return copy;
}

function* unknownKeys(
  issues: readonly Issue[],
  parent: readonly PropertyKey[],
): Generator<UnknownKeys> {
  for (const { code, path, keys = [], errors = [] } of issues) {
    if (code === "unrecognized_keys") yield { path: [...parent, ...path], keys };
    // Of a union, the one alternative at which nothing but unknown keys is wrong.
    const nearest = errors.find((list) =>
      list.every((issue) => issue.code === "unrecognized_keys"),
    );
    if (nearest !== undefined) yield* unknownKeys(nearest, [...parent, ...path]);
  }
}
