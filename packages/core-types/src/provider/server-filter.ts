import * as z from "zod/mini";

const state = z.enum(["created", "starting", "running", "paused", "stopping", "stopped", "error"]);

/** Which servers to list. All that is given must hold. */
export const ServerFilter = z.readonly(
  z.strictObject({
    /** One state, or any of several. */
    state: z.optional(z.union([state, z.readonly(z.array(state))])),
    /** The exact name. */
    name: z.optional(z.string()),
    /** Labels that the server must have, with these values. */
    labels: z.optional(z.readonly(z.record(z.string(), z.string()))),
  }),
);
export type ServerFilter = z.infer<typeof ServerFilter>;
