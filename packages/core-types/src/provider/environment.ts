import * as z from "zod/mini";

/** Variables of a server's environment. */
export const Environment = z.readonly(
  z.record(
    z.string().check(
      z.regex(
        /^[A-Za-z_][A-Za-z0-9_.-]*$/,
        "must be a letter or _, then letters, digits, _, . or -",
      ),
      z.refine((key) => key !== "__proto__", "must not be __proto__"),
    ),
    z.string().check(z.refine((value) => !value.includes("\0"), "must not hold NUL")),
  ),
);
export type Environment = z.infer<typeof Environment>;

/** The variable that carries the number of the port with this name: `rcon-2` gives `PORT_RCON_2`. */
export function portVariable(name: string): string {
  return `PORT_${name.toUpperCase().replaceAll("-", "_")}`;
}
