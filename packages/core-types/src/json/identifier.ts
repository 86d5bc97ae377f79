import * as z from "zod/mini";

/**
 * The id of a record that others make up (a server, a match, a lease): 1 to 255 characters, none of
 * them a control character or half of a surrogate pair, which UTF-8 would lose, and not `__proto__`,
 * which as a key of an object would be lost.
 */
export const Identifier = z.string().check(
  z.minLength(1, "must not be empty"),
  z.maxLength(255, "must have at most 255 characters"),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  z.regex(/^[^\u0000-\u001f\u007f]*$/, "must not hold control characters"),
  z.refine((id) => id.isWellFormed(), "must not hold half of a character"),
  z.refine((id) => id !== "__proto__", "must not be __proto__"),
);
