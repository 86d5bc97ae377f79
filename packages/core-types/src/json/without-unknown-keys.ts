import type * as z from "zod";

/**
 * The value without the keys that the schema's strict objects don't know, at any depth. What callers
 * pass is checked strictly, so that a mistyped option is found; what a newer writer has put into JSON
 * must not be refused.
 */
export function withoutUnknownKeys(schema: z.ZodType, value: unknown): unknown {
  const copy = structuredClone(value);
  // Each round takes away what was found; objects nest only so deep.
  for (let round = 0; round < 16; round += 1) {
    const issues = schema.safeParse(copy).error?.issues ?? [];
    const unknown = issues.filter((issue) => issue.code === "unrecognized_keys");
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
