import * as z from "zod/mini";
import { goOptional } from "../json/go-optional.js";
import { Port, PortName, Protocol } from "../net/port.js";
import { PortRangeText } from "../net/port-range.js";

/**
 * One port of a server. Which port of the host leads to it is fixed by `host`, taken from `range`,
 * or, with neither, chosen by the provider.
 */
export const PortBinding = z.readonly(
  z
    .strictObject({
      /** The port that the server listens on, inside its container. */
      container: Port,
      /** What the server speaks on it. */
      protocol: Protocol,
      /** The host's port. */
      host: z.optional(Port),
      /** The host's ports to choose from: `"25565-25599"`. */
      range: z.optional(PortRangeText),
      /** Gives the server the variable `PORT_<NAME>`. */
      name: z.optional(PortName),
    })
    .check(
      z.refine((binding) => binding.host === undefined || binding.range === undefined, {
        path: ["range"],
        message: "must be left out where host is given",
      }),
    ),
);
export type PortBinding = z.infer<typeof PortBinding>;

/** A port binding as the Go library's JSON has it: `host` 0 where none is wanted. */
export const portBindingWire = () =>
  z.object({
    container: z.number(),
    protocol: z.string(),
    host: goOptional(z.number()),
    range: goOptional(z.string()),
    name: goOptional(z.string()),
  });
