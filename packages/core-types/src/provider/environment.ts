import * as z from "zod";

/** Variables of a server's environment. */
export const Environment = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_.-]*$/, "must be a letter or _, then letters, digits, _, . or -")
      .refine((key) => key !== "__proto__", "must not be __proto__"),
    z.string("must be a string").refine((value) => !value.includes("\0"), "must not hold NUL"),
  )
  .readonly();
export type Environment = z.infer<typeof Environment>;

/** The variable that carries the number of the port with this name: `rcon-2` gives `PORT_RCON_2`. */
export function portVariable(name: string): string {
  return `PORT_${name.toUpperCase().replaceAll("-", "_")}`;
}
