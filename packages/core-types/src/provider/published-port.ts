import * as z from "zod/mini";
import { Port, PortName, Protocol } from "../net/port.js";

/** A server's port, and the host's port that leads to it. */
export const PublishedPort = z.readonly(
  z.object({
    /** The number inside the container. */
    container: Port,
    protocol: Protocol,
    /** The host's port; left out where none leads to it. */
    host: z.optional(Port),
    name: z.optional(PortName),
  }),
);
export type PublishedPort = z.infer<typeof PublishedPort>;
