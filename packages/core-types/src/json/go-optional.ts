import * as z from "zod";

/**
 * Go writes the zero value where there is nothing: "", 0, null or `[]`. Such a field is read as
 * absent.
 */
export function goOptional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (value === "" || value === 0 || value === null ? undefined : value),
    schema.optional(),
  );
}

/** A list or map of Go's that is null where it is empty. */
export function goNullable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => value ?? undefined, schema.optional());
}
