import * as z from "zod/mini";
import { Identifier } from "../json/identifier.js";
import { Host } from "../net/host-port.js";
import { ServerHealth, ServerType } from "./server-info.js";

const texts = z.readonly(z.record(Identifier, z.string()));
const conditions = {
  /** Where players reach it, in any writing of the address. */
  host: z.optional(Host),
  /** Each of these labels must be the server's. */
  labels: z.optional(texts),
  /** Each of these must be in the server's metadata. */
  metadata: z.optional(texts),
};
const seats = z.int().check(z.minimum(1), z.maximum(1_000_000));

/** What must be true of a server, whatever its seats. */
export const ServerConditions = z.readonly(z.strictObject(conditions));
export type ServerConditions = z.infer<typeof ServerConditions>;

/** Which servers to list. All that is given must hold. Seats that a claim holds are not free. */
export const ListFilter = z.readonly(
  z.strictObject({
    ...conditions,
    type: z.optional(ServerType),
    mode: z.optional(z.string()),
    health: z.optional(ServerHealth),
    /** @default all but the expired */
    availability: z.optional(z.enum(["available", "draining", "expired"])),
    /** `true`: room for one more player. `false`: none. */
    hasCapacity: z.optional(z.boolean()),
    /** Room for at least so many more players. */
    minFreeSeats: z.optional(seats),
    /** `true`: at least one match is ready and takes one more player. `false`: none. */
    hasReadyMatch: z.optional(z.boolean()),
    /** At least one match is ready and takes at least so many more players. */
    minMatchSeats: z.optional(seats),
  }),
);
export type ListFilter = z.infer<typeof ListFilter>;
