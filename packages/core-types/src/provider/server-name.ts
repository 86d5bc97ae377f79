import * as z from "zod/mini";

/** A server's name: what engines take for one, so that it is safe in URLs, paths and variables. */
export const ServerName = z
  .string()
  .check(
    z.regex(
      /^[A-Za-z0-9][A-Za-z0-9_.-]{1,127}$/,
      "must be 2 to 128 letters, digits, _, . or -, and begin with a letter or digit",
    ),
  );
