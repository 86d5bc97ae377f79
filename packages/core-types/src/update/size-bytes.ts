import * as z from "zod/mini";

/** A file's size in bytes: whole, and small enough for a number to hold it. */
export const SizeBytes = z.int().check(z.minimum(0));
