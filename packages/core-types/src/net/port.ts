import * as z from "zod/mini";

/** A UDP or TCP port number: 1 to 65535. */
export const Port = z.int().check(z.minimum(1), z.maximum(65_535));

export const Protocol = z.enum(["udp", "tcp"]);
export type Protocol = z.infer<typeof Protocol>;

/** The name of a port, from which the variable `PORT_<NAME>` is made: `game`, `rcon-2`. */
export const PortName = z
  .string()
  .check(
    z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, "must be a letter, then letters, digits, _ or -"),
  );
