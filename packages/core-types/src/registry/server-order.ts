import * as z from "zod/mini";
import { Identifier } from "../json/identifier.js";

/** Which place is taken first: the one registered first, the one with the least room, the one with the most. Ties by age. */
export const SeatOrder = z.enum(["oldest", "fullest", "emptiest"]);
export type SeatOrder = z.infer<typeof SeatOrder>;

/**
 * The order of a list. Ties by age. By the number that a metadata text stands for ("7.5"): `{ metadata: "rating", direction: "descending" }`;
 * servers that have no number there come last.
 */
export const ServerOrder = z.union([
  SeatOrder,
  z.readonly(
    z.strictObject({
      metadata: Identifier,
      direction: z._default(z.enum(["ascending", "descending"]), "ascending"),
    }),
  ),
]);
export type ServerOrder = z.infer<typeof ServerOrder>;
/** An order as callers write it: what has a default may be left out. */
export type ServerOrderInput = z.input<typeof ServerOrder>;
