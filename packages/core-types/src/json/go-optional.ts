import * as z from "zod/mini";

/**
 * Go writes the zero value where there is nothing: "", 0, null or `[]`. Such a field is read as
 * absent.
 */
export function goOptional<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.pipe(zeroAsAbsent, z.optional(schema));
}

const zeroAsAbsent = z.transform((value: unknown): unknown =>
  value === "" || value === 0 || value === null ? undefined : value,
);

/** A list or map of Go's that is null where it is empty. */
export function goNullable<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.pipe(nullAsAbsent, z.optional(schema));
}

const nullAsAbsent = z.transform((value: unknown): unknown => value ?? undefined);
