import * as z from "zod";

const state = z.enum(["created", "starting", "running", "paused", "stopping", "stopped", "error"]);

/** Which servers to list. All that is given must hold. */
export const ServerFilter = z
  .strictObject({
    /** One state, or any of several. */
    state: z.union([state, z.array(state).readonly()]).optional(),
    /** The exact name. */
    name: z.string().optional(),
    /** Labels that the server must have, with these values. */
    labels: z.record(z.string(), z.string()).readonly().optional(),
  })
  .readonly();
export type ServerFilter = z.infer<typeof ServerFilter>;
