import * as z from "zod/mini";

/** A program and its arguments, as given to the system: no shell reads them. */
export const CommandLine = z.readonly(
  z
    .array(z.string().check(z.refine((word) => !word.includes("\0"), "must not hold NUL")))
    .check(z.minLength(1, "must name a program")),
);
export type CommandLine = z.infer<typeof CommandLine>;

/** One line for a server's console. */
export const ConsoleLine = z.string().check(
  z.maxLength(65_536),
  z.refine((line) => !/[\r\n\0]/.test(line), "must be one line, without NUL"),
);
