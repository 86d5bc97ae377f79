import * as z from "zod";

/** Free text about a server, by which lists can be filtered. */
export const Labels = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,254}$/, "must be letters, digits, _, ., / or -")
      .refine((key) => key !== "__proto__", "must not be __proto__"),
    z
      .string()
      .max(4096)
      .refine((value) => !value.includes("\0"), "must not hold NUL"),
  )
  .readonly();
export type Labels = z.infer<typeof Labels>;
