import * as z from "zod/mini";

/** Free text about a server, by which lists can be filtered. */
export const Labels = z.readonly(
  z.record(
    z.string().check(
      z.regex(/^[A-Za-z0-9][A-Za-z0-9_./-]{0,254}$/, "must be letters, digits, _, ., / or -"),
      z.refine((key) => key !== "__proto__", "must not be __proto__"),
    ),
    z.string().check(
      z.maxLength(4096),
      z.refine((value) => !value.includes("\0"), "must not hold NUL"),
    ),
  ),
);
export type Labels = z.infer<typeof Labels>;
