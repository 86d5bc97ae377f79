import * as z from "zod";

/** A program and its arguments, as given to the system: no shell reads them. */
export const CommandLine = z
  .array(z.string().refine((word) => !word.includes("\0"), "must not hold NUL"))
  .min(1, "must name a program")
  .readonly();
export type CommandLine = z.infer<typeof CommandLine>;

/** One line for a server's console. */
export const ConsoleLine = z
  .string()
  .max(65_536, "must have at most 65536 characters")
  .refine((line) => !/[\r\n\0]/.test(line), "must be one line, without NUL");
