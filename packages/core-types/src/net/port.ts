import * as z from "zod";

/** A UDP or TCP port number: 1 to 65535. */
export const Port = z.int().min(1, "must be at least 1").max(65_535, "must be at most 65535");

export const Protocol = z.enum(["udp", "tcp"]);
export type Protocol = z.infer<typeof Protocol>;

/** The name of a port, from which the variable `PORT_<NAME>` is made: `game`, `rcon-2`. */
export const PortName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,62}$/, "must be a letter, then letters, digits, _ or -");
